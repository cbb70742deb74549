using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Ingestion;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Sqlite;

namespace Recommender.Tests.Ingestion;

/// <summary>The engine with its ingestion as it is composed in production, over an SQLite file of its own and a site on loopback.</summary>
public sealed class IngestionRoom : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string path;
    private readonly bool ownsFile;

    private IngestionRoom(LoopbackSite web, string path, bool ownsFile, TimeProvider? time, Func<ITableStore, ITableStore>? decorate, (string Name, string Value)[] settings)
    {
        (this.path, this.ownsFile, Web) = (path, ownsFile, web);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ingestion:AllowPrivateAddresses"] = "true",
            ["Ingestion:Pause"] = "0",
            ["Ingestion:Retries"] = "0",
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Ingestion:" + setting.Name, (string?)setting.Value))).Build();
        var registrations = new ServiceCollection()
            .AddSingleton(time ?? Time)
            .AddLogging()
            .AddRecommender(configuration)
            .AddIngestion(configuration)
            .AddSqliteTables(path);
        if (decorate is not null)
        {
            registrations.AddSingleton(decorate(registrations.BuildServiceProvider().GetRequiredService<ITableStore>()));
        }

        services = registrations.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Site = new Site { Id = "gazette", Name = "The Gazette", Hosts = ["127.0.0.1"] };
    }

    public LoopbackSite Web { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    public Site Site { get; set; }

    public Publisher Publisher => Get<Publisher>();

    public WebFetcher Fetcher => Get<WebFetcher>();

    public static Task<IngestionRoom> OpenAsync(params (string Name, string Value)[] settings) => OpenAsync(null, settings);

    /// <summary>With the real clock, for what depends on time that passes.</summary>
    public static Task<IngestionRoom> OpenLiveAsync(params (string Name, string Value)[] settings) => OpenAsync(TimeProvider.System, settings);

    /// <summary>Another process over the same store and web.</summary>
    public IngestionRoom OpenAnother(Func<ITableStore, ITableStore>? decorate = null) => new(Web, path, ownsFile: false, Time, decorate, []) { Site = Site };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<FeedPollResult> PollAsync(string path)
    {
        Site = Site with { Feeds = [Web.Url(path)] };
        return Assert.Single(await Get<FeedPoller>().PollAsync(Site));
    }

    public async Task<IReadOnlyList<Article>> ArticlesAsync() => [.. (await Publisher.AllAsync(Site).ToListAsync()).OrderBy(article => article.Url, StringComparer.Ordinal)];

    public Task<List<SourceItem>> ReadAsync(string source, IProgress<SourceProgress>? progress = null) =>
        Get<SourceReader>().ReadAsync(Site, source, progress).ToListAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (ownsFile)
        {
            await Web.DisposeAsync();
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                File.Delete(file);
            }
        }
    }

    private static async Task<IngestionRoom> OpenAsync(TimeProvider? time, (string Name, string Value)[] settings)
    {
        var room = new IngestionRoom(await LoopbackSite.StartAsync(), Path.Combine(Path.GetTempPath(), $"ingestion-{Path.GetRandomFileName()}.db"), ownsFile: true, time, null, settings);
        await room.Get<ITableStore>().EnsureCreatedAsync();
        return room;
    }
}
