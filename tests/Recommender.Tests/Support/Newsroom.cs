using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Sqlite;
using Recommender.Threads;

namespace Recommender.Tests.Support;

/// <summary>The engine as it is composed in production, over an SQLite file of its own and a clock that stands still.</summary>
public sealed class Newsroom : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string path;
    private readonly bool ownsFile;
    private readonly Action<IServiceCollection> add;

    private Newsroom(string path, FakeTimeProvider time, bool ownsFile, Func<ITableStore, ITableStore> decorate, Action<IServiceCollection> add)
    {
        (this.path, this.ownsFile, this.add, Time) = (path, ownsFile, add, time);
        var registrations = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddLogging()
            .AddRecommender(new ConfigurationBuilder().Build())
            .AddSqliteTables(path);
        add(registrations);
        var store = registrations.BuildServiceProvider().GetRequiredService<ITableStore>();
        services = registrations
            .AddSingleton(decorate(store))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; }

    // Running stories stay apart unless a test is about them: most are about a few articles of one.
    public Site Site { get; set; } = new() { Id = "gazette", Name = "The Gazette", Ranking = new RankingSettings { Threads = ThreadsInLists.Show } };

    public Publisher Publisher => services.GetRequiredService<Publisher>();

    public MoreStoriesService Lists => services.GetRequiredService<MoreStoriesService>();

    public OverrideStore Overrides => services.GetRequiredService<OverrideStore>();

    public Reindexer Reindexer => services.GetRequiredService<Reindexer>();

    public ITableStore Store => services.GetRequiredService<ITableStore>();

    /// <summary>A newsroom of its own, with what a host may add to the engine.</summary>
    public static async Task<Newsroom> OpenAsync(Action<IServiceCollection>? add = null)
    {
        var newsroom = new Newsroom(NewPath(), new FakeTimeProvider(Start), ownsFile: true, store => store, add ?? (_ => { }));
        await newsroom.Store.EnsureCreatedAsync();
        return newsroom;
    }

    /// <summary>A newsroom of its own over a copy of what this one has stored, while nobody writes.</summary>
    public Newsroom Copy()
    {
        var copy = NewPath();
        foreach (var file in Files().Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, copy + file[path.Length..]);
        }

        return new(copy, new FakeTimeProvider(Time.GetUtcNow()), ownsFile: true, store => store, add) { Site = Site };
    }

    /// <summary>Another process over the same store, as far as the engine can tell.</summary>
    public Newsroom OpenAnother(Func<ITableStore, ITableStore>? decorate = null, Action<IServiceCollection>? add = null) =>
        new(path, Time, ownsFile: false, decorate ?? (store => store), add ?? this.add) { Site = Site };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<string> PublishAsync(ArticleInput input)
    {
        var result = await Publisher.PublishAsync(Site, input);
        Assert.Empty(result.Errors);
        return result.Id!;
    }

    public async Task<IReadOnlyList<PublishResult>> ImportAsync(params IEnumerable<ArticleInput> inputs) =>
        await Publisher.ImportAsync(Site, inputs.ToAsyncEnumerable()).ToListAsync();

    public Task<MoreStoriesList> ListAsync(string id, int? count = null, params string[] exclude) =>
        Lists.GetAsync(Site, new ListRequest { Id = id, Count = count, Exclude = exclude });

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (ownsFile)
        {
            foreach (var file in Files())
            {
                File.Delete(file);
            }
        }
    }

    private static string NewPath() => Path.Combine(Path.GetTempPath(), $"newsroom-{Path.GetRandomFileName()}.db");

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
}
