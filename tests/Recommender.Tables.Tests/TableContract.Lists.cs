using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Tables.Sqlite;

namespace Recommender.Tests.Tables;

/// <summary>A list is the same whatever store its articles are on, to the last digit of its explanations.</summary>
public abstract partial class TableContract
{
    private const int ArticlesToLearnFrom = 190;
    private static readonly DateTimeOffset Asked = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[][] Vocabularies =
    [
        ["ferry", "quay", "tide", "anchor", "captain", "crew", "buoy", "dredger", "pilot", "harbour", "mooring", "lighthouse", "trawler", "rigging", "cargo", "customs"],
        ["orchard", "apple", "frost", "barn", "cider", "harvest", "meadow", "tractor", "blossom", "hedge", "shepherd", "wool", "plough", "barley", "mill", "honey"],
    ];

    [SkippableFact]
    public async Task Lists_are_those_of_an_embedded_store_as_published_and_with_what_a_reindex_learns()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lists-{Path.GetRandomFileName()}.db");
        try
        {
            using var embedded = new SqliteTableStore(path);
            await embedded.EnsureCreatedAsync();
            await using var here = Engine(store);
            await using var there = Engine(embedded);
            var site = SiteOf();
            foreach (var engine in new[] { here, there })
            {
                Assert.All(await engine.GetRequiredService<Publisher>().ImportAsync(site, Archive().ToAsyncEnumerable()).ToListAsync(), result => Assert.Empty(result.Errors));
            }

            var published = await ListsAsync(here, site);
            Assert.Equal(await ListsAsync(there, site), published);

            var figures = (await ReindexAsync(here, site)).Figures;
            Assert.Equal((await ReindexAsync(there, site)).Figures, figures);
            Assert.All(["subjects.rank", "topics.assigned"], figure => Assert.InRange(figures[figure], 1, double.MaxValue));

            var reindexed = await ListsAsync(here, site);
            Assert.Equal(await ListsAsync(there, site), reindexed);
            Assert.NotEqual(published, reindexed);
            Assert.Contains(reindexed, list => list.Contains("\"Thread\":{", StringComparison.Ordinal));

            // Another process reads what was written, and has nothing in memory that was not.
            await using var fresh = Engine(store);
            Assert.Equal(reindexed, await ListsAsync(fresh, site));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<Run> ReindexAsync(ServiceProvider engine, Site site)
    {
        var reindexer = engine.GetRequiredService<Reindexer>();
        var run = await reindexer.ExecuteAsync(site, (await reindexer.StartAsync(site)).Id);
        Assert.Equal(RunState.Succeeded, run.State);
        return run;
    }

    // Enough for subjects and topics to be learned from; one in twelve was filed by nobody, nor were the running stories.
    private static IEnumerable<ArticleInput> Archive() => Instalments().Concat(Enumerable.Range(0, ArticlesToLearnFrom).Select(number =>
    {
        var random = new Random(number);
        var (subject, story) = (number % 2, number / 20);
        return new ArticleInput
        {
            Id = $"a{number}",
            Url = $"https://gazette.example/a{number}",
            Title = $"{Words(3)} in Port{story} {number}",
            Body = $"<p>In Port{story} the {Words(12)}.</p><p>{Words(20)}.</p>",
            Published = Asked.AddHours(-6 * (ArticlesToLearnFrom - number)).ToString("O"),
            Topics = number % 12 == 5 ? null : [subject == 0 ? "Harbour" : "Countryside"],
        };

        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Vocabularies[subject][random.Next(Vocabularies[subject].Length)]));
    }));

    private static async Task<IReadOnlyList<string>> ListsAsync(ServiceProvider engine, Site site)
    {
        var lists = new List<string>();
        foreach (var page in Archive().Where((_, place) => place % 11 == 3))
        {
            var list = await engine.GetRequiredService<MoreStoriesService>().GetAsync(site, new ListRequest { Id = page.Id, Count = 6, At = Asked });
            lists.Add(JsonSerializer.Serialize(list));
        }

        return lists;
    }
}
