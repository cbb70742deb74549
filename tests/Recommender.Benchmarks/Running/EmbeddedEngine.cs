using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommender.Articles;
using Recommender.Benchmarks.Generating;
using Recommender.Benchmarks.Reading;
using Recommender.Cli;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Benchmarks.Running;

/// <summary>The engine on an embedded store, which goes with the one that made it unless it is to be kept.</summary>
internal sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly bool ownsFolder;

    private EmbeddedEngine(DirectoryInfo folder, bool ownsFolder)
    {
        (this.folder, this.ownsFolder) = (folder, ownsFolder);
        IsNew = !File.Exists(StorePath);
        Services = new ServiceCollection().AddLogging()
            .AddRecommender(new ConfigurationBuilder().Build())
            .AddSqliteTables(StorePath)
            .Replace(ServiceDescriptor.Singleton<ITableStore>(services => new CountedStore(services.GetRequiredService<SqliteTableStore>())))
            .BuildServiceProvider();
    }

    /// <summary>The engine's parts.</summary>
    public ServiceProvider Services { get; }

    /// <summary>What was asked of the store.</summary>
    public CountedStore Store => (CountedStore)Services.GetRequiredService<ITableStore>();

    /// <summary>The store's file.</summary>
    public string StorePath => Path.Combine(folder.FullName, "stories.db");

    /// <summary>Whether the store was not there before.</summary>
    public bool IsNew { get; }

    /// <summary>Bytes of the store.</summary>
    public long StoredBytes => folder.EnumerateFiles().Sum(file => file.Length);

    /// <summary>Makes one on an empty store.</summary>
    public static Task<EmbeddedEngine> CreateAsync(CancellationToken cancellation) => CreateAsync(null, cancellation);

    /// <summary>Makes one on a store that stays, in a folder; on an empty one that does not, where none is named.</summary>
    public static async Task<EmbeddedEngine> CreateAsync(string? kept, CancellationToken cancellation)
    {
        var engine = new EmbeddedEngine(kept is null ? Directory.CreateTempSubdirectory("more-stories-benchmark-") : Directory.CreateDirectory(kept), ownsFolder: kept is null);
        await engine.Services.GetRequiredService<ITableStore>().EnsureCreatedAsync(cancellation);
        return engine;
    }

    /// <summary>Another on the same store, which knows nothing yet.</summary>
    public EmbeddedEngine OpenAnother() => new(folder, ownsFolder: false);

    /// <summary>Imports so many generated articles, with their lists unless a reindex follows.</summary>
    /// <exception cref="CommandException">One of them did not come in.</exception>
    public async Task ImportAsync(int count, bool withLists, CancellationToken cancellation)
    {
        var inputs = GeneratedArticles.Inputs(count).ToAsyncEnumerable();
        var publisher = Services.GetRequiredService<Publisher>();
        var results = withLists ? publisher.ImportAsync(GeneratedArticles.Site, inputs, cancellation) : publisher.ImportForReindexAsync(GeneratedArticles.Site, inputs, cancellation);
        var imported = await results.CountAsync(result => result.Errors.Count == 0, cancellation);
        if (imported != count)
        {
            throw new CommandException($"{imported} of {count} articles came in.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (ownsFolder)
        {
            folder.Delete(recursive: true);
        }
    }
}
