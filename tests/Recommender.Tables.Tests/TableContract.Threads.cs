using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Articles;
using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tables.Sqlite;
using Recommender.Threads;

namespace Recommender.Tests.Tables;

/// <summary>Running stories are the same on every store, and the same again after a reindex.</summary>
public abstract partial class TableContract
{
    private static readonly string[] Subjects = ["ferry crews of Brennan Sound", "dredging in Gullhaven Harbour", "late frost among the apple orchards"];
    private const int Turns = 6;

    [SkippableFact]
    public async Task Threads_are_those_of_an_embedded_store_and_a_reindex_finds_them_again()
    {
        var path = Path.Combine(Path.GetTempPath(), $"threads-{Path.GetRandomFileName()}.db");
        try
        {
            using var embedded = new SqliteTableStore(path);
            await embedded.EnsureCreatedAsync();
            await using var here = Engine(store);
            await using var there = Engine(embedded);
            var site = new Site { Id = Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal), Name = "The Gazette" };
            foreach (var input in Instalments())
            {
                await here.GetRequiredService<Publisher>().PublishAsync(site, input);
                await there.GetRequiredService<Publisher>().PublishAsync(site, input);
            }

            var published = await ThreadsAsync(here, site);
            Assert.Equal(await ThreadsAsync(there, site), published);
            Assert.Equal(Subjects.Length, published.Select(entry => entry.Thread).OfType<StoryThread>().DistinctBy(thread => thread.Id).Count());

            var reindexer = here.GetRequiredService<Reindexer>();
            var run = await reindexer.ExecuteAsync(site, (await reindexer.StartAsync(site)).Id);

            Assert.Equal(RunState.Succeeded, run.State);
            Assert.Equal(published.Select(entry => (entry.Id, entry.Thread?.Id)), (await ThreadsAsync(here, site)).Select(entry => (entry.Id, entry.Thread?.Id)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ServiceProvider Engine(ITableStore over) => new ServiceCollection()
        .AddLogging()
        .AddRecommender(new ConfigurationBuilder().Build())
        .AddSingleton(over)
        .BuildServiceProvider();

    private static IEnumerable<ArticleInput> Instalments() => Enumerable.Range(0, Turns).SelectMany(turn => Subjects.Index().Select(subject => new ArticleInput
    {
        Id = $"s{subject.Index}-{turn}",
        Url = $"https://gazette.example/s{subject.Index}-{turn}",
        Title = $"Part {turn}: {subject.Item}",
        Body = $"The {subject.Item}: all of the {subject.Item}.",
        Published = $"2026-10-{1 + turn:00}T{8 + subject.Index:00}:00:00Z",
    }));

    private static async Task<IReadOnlyList<(string Id, StoryThread? Thread)>> ThreadsAsync(ServiceProvider engine, Site site)
    {
        var threads = new List<(string, StoryThread?)>();
        await foreach (var article in engine.GetRequiredService<Publisher>().AllAsync(site))
        {
            threads.Add((article.Id, article.Thread));
        }

        return [.. threads.OrderBy(entry => entry.Item1, StringComparer.Ordinal)];
    }
}
