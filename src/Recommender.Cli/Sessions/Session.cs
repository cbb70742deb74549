using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Cli.Terminals;
using Recommender.Embeddings;
using Recommender.Ingestion;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Azure;
using Recommender.Tables.Sqlite;

namespace Recommender.Cli.Sessions;

/// <summary>The engine over an open store, and the site that a command is about.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Session(ServiceProvider services, Site site) => (this.services, Site) = (services, site);

    /// <summary>The site.</summary>
    public Site Site { get; }

    /// <summary>Takes articles in and out.</summary>
    public Publisher Publisher => Get<Publisher>();

    /// <summary>The clock.</summary>
    public TimeProvider Time => Get<TimeProvider>();

    /// <summary>Opens a store that is there already.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="page">A page whose host may tell the site.</param>
    public static Session OpenToRead(ParseResult arguments, string? page = null)
    {
        var (configuration, store) = SessionConfiguration.Build(arguments);
        var session = Open(arguments, configuration, store, page);
        if (store.Kind != StoreAddress.Sqlite || File.Exists(store.Value))
        {
            return session;
        }

        session.services.Dispose();
        throw new CommandException($"There is no store '{store.Value}' yet: index something first, or name another with --store.");
    }

    /// <summary>Opens a store, which is made when it is not there, and completes what a process that died had begun.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="terminal">Where that is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="scratch">A store for this command alone, whatever is configured; null: the configured one.</param>
    /// <param name="completes">False to leave what an interrupted process had begun as it is.</param>
    public static async Task<Session> OpenToWriteAsync(
        ParseResult arguments, Terminal terminal, CancellationToken cancellation, StoreAddress? scratch = null, bool completes = true)
    {
        var (configuration, store) = SessionConfiguration.Build(arguments, scratch);
        var session = Open(arguments, configuration, store, page: null);
        try
        {
            await session.Get<ITableStore>().EnsureCreatedAsync(cancellation);
            if (completes && await session.Publisher.RecoverAsync(session.Site, cancellation) is > 0 and var completed)
            {
                terminal.Note($"Completed {completed} articles that an interrupted run had left.");
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>A part of the engine.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static Session Open(ParseResult arguments, IConfigurationRoot configuration, StoreAddress store, string? page)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddRecommender(configuration);
        services.AddEmbeddingModel(configuration);
        services.AddIngestion(configuration);
        if (store.Kind == StoreAddress.Sqlite)
        {
            services.AddSqliteTables(store.Value);
        }
        else
        {
            AddAzure(services, store.Value, configuration);
        }

        var provider = services.BuildServiceProvider();
        try
        {
            // What is wrong shows before the long work.
            _ = provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value;
            return new Session(provider, Choose(provider.GetRequiredService<SiteCatalog>(), arguments.GetValue(GlobalOptions.Site), page));
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    private static void AddAzure(ServiceCollection services, string account, IConfigurationRoot configuration)
    {
        try
        {
            services.AddAzureTables(account, configuration);
        }
        catch (InvalidOperationException unreadable)
        {
            throw CommandException.Usage(unreadable.Message);
        }
    }

    private static Site Choose(SiteCatalog catalog, string? id, string? page) => catalog.Find(id, page) ?? throw CommandException.Usage(
        (string.IsNullOrEmpty(id) ? "Which site?" : $"There is no site '{id}'.") + $" Say --site and one of: {string.Join(", ", catalog.All.Select(site => site.Id))}.");
}
