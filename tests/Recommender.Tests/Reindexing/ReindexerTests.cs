using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tables;
using Recommender.Tests.Support;
using Recommender.Text;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Reindexing;

public sealed class ReindexerTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_run_tells_how_far_it_is_and_ends_well()
    {
        await newsroom.ImportAsync(Enumerable.Range(1, 20).SelectMany(part => new[] { Ferry(part), Orchard(part) }));
        var queued = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var told = new List<Run>();

        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, queued.Id, new Told(told));

        Assert.Equal((RunState.Queued, RunState.Succeeded), (queued.State, run.State));
        Assert.Equal((120, 120), (run.Total, run.Done));
        Assert.Equivalent(run, await newsroom.Reindexer.GetAsync(newsroom.Site, queued.Id), strict: true);
        Assert.Equal([0, 40, 80, 120], told.Select(report => report.Done).Distinct());
        Assert.Equal(Enum.GetValues<RunStage>(), told.Select(report => report.Stage).Distinct());
        Assert.Null(await newsroom.Reindexer.GetAsync(newsroom.Site, "20260101T0000000000000-abcdef"));
        Assert.Null(await newsroom.Reindexer.GetAsync(newsroom.Site, "no run"));
    }

    [Fact]
    public async Task A_second_run_is_not_begun_while_one_is_under_way()
    {
        var first = await newsroom.Reindexer.StartAsync(newsroom.Site);

        Assert.Equal(first.Id, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, first.Id);
        Assert.Null(await newsroom.Reindexer.FindActiveAsync(newsroom.Site));
        Assert.NotEqual(first.Id, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
    }

    [Fact]
    public async Task Lists_do_not_depend_on_the_order_in_which_articles_came()
    {
        var stories = Enumerable.Range(1, 8).SelectMany(part => new[] { Ferry(part), Orchard(part) }).ToList();
        foreach (var story in stories)
        {
            await newsroom.PublishAsync(story);
        }

        await using var other = await Newsroom.OpenAsync();
        await other.ImportAsync(stories.AsEnumerable().Reverse());
        await ReindexAsync(newsroom);
        await ReindexAsync(other);

        foreach (var story in stories)
        {
            Assert.Equivalent(await newsroom.ListAsync(story.Id!, 10), await other.ListAsync(story.Id!, 10), strict: true);
        }
    }

    [Fact]
    public async Task Damaged_and_orphaned_lists_are_made_good()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1));
        var table = newsroom.Get<NeighbourTable>();
        var list = (await table.GetAsync(newsroom.Site, "ferry-1"))!;
        await (await table.CurrentAsync(newsroom.Site)).PutAsync([list with { Neighbours = [] }, list with { Page = list.Page with { Id = "orphan" } }]);

        await ReindexAsync(newsroom);

        Assert.Equal(["ferry-2"], (await table.GetAsync(newsroom.Site, "ferry-1"))!.Neighbours.Select(near => near.Id));
        Assert.Null(await table.GetAsync(newsroom.Site, "orphan"));
        Assert.Equal(Reason.Similar, (await newsroom.ListAsync("ferry-1")).Items[0].Reason);
    }

    [Fact]
    public async Task A_run_that_fails_says_why_and_makes_room_for_the_next()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        await newsroom.Get<RunTable>().UpdateAsync(newsroom.Site, run.Id, run => run with { State = RunState.Running, Stage = RunStage.Terms, StageBegan = newsroom.Time.GetUtcNow() });

        var failed = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id);

        Assert.Equal(RunState.Failed, failed.State);
        Assert.Equal(["The counts of terms that the run began with are gone."], failed.Errors);
        Assert.Equal(RunState.Succeeded, (await ReindexAsync(newsroom)).State);
    }

    [Fact]
    public async Task Runs_of_long_ago_are_swept_but_never_the_one_under_way()
    {
        var ended = await ReindexAsync(newsroom);
        var active = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var runs = newsroom.Get<RunTable>();
        newsroom.Time.Advance(RunTable.Retention - TimeSpan.FromSeconds(1));
        await runs.SweepAsync(newsroom.Site);
        Assert.NotNull(await runs.GetAsync(newsroom.Site, ended.Id));

        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await runs.SweepAsync(newsroom.Site);

        Assert.Null(await runs.GetAsync(newsroom.Site, ended.Id));
        Assert.Equal(active, await runs.FindActiveAsync(newsroom.Site), (a, b) => a?.Id == b?.Id);
    }

    [Fact]
    public async Task What_others_write_while_a_run_chooses_terms_stays_and_terms_are_chosen_all_the_same()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1), Orchard(2));
        string[] ids = ["ferry-1", "ferry-2", "orchard-1", "orchard-2"];
        var (articles, none) = (newsroom.Get<ArticleTable>(), PackedTerms.Pack([], 1));
        await articles.WriteAsync(newsroom.Site, (await articles.ReadAsync(newsroom.Site, ids)).ConvertAll(stored => stored with { Terms = none }));
        var others = new Lazy<Task>(async () =>
        {
            await newsroom.PublishAsync(Ferry(1) with { Title = "Ferry crews sail again after a vote" });
            await articles.WriteAsync(newsroom.Site, await articles.ReadAsync(newsroom.Site, ["orchard-1"]));
        });
        await using var meddled = newsroom.OpenAnother(store => new MeddlingStore(store, TableNames.Articles, () => others.Value));

        var run = await ReindexAsync(meddled);

        Assert.True(others.IsValueCreated);
        Assert.Equal((RunState.Succeeded, 0), (run.State, run.Errors.Count));
        Assert.All(await articles.ReadAsync(newsroom.Site, ids), stored => Assert.NotEqual(none, stored.Terms));
        Assert.Equal("Ferry crews sail again after a vote", (await meddled.ListAsync("ferry-2")).Items[0].Card.Title);
        Assert.Equal(Reason.Similar, (await meddled.ListAsync("orchard-2")).Items[0].Reason);
    }

    private static async Task<Run> ReindexAsync(Newsroom newsroom) =>
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

    private sealed class Told(List<Run> reports) : IProgress<Run>
    {
        public void Report(Run value) => reports.Add(value);
    }
}
