using Recommender.Changes;
using Recommender.Editorial.Review;
using Recommender.Models;
using Recommender.MoreStories;
using Recommender.Ranking.Models;
using Recommender.Sites;
using Recommender.Tests.Support;
using Recommender.Tests.Topics;

namespace Recommender.Tests.Ranking.Models;

/// <summary>The similarity from which stories count, where the site does not set it.</summary>
public sealed class MeasuredFloorTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_reindex_measures_it_and_says_so_and_every_process_goes_by_it()
    {
        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, 0.0123);
        await using var other = newsroom.OpenAnother();
        Assert.Equal(0.0123, await FloorAsync(other));

        // Three topics that share a third of their words: by chance stories are more alike than a floor may ask.
        await newsroom.ImportAsync(FiledStories.Archive(20));
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

        Assert.True(run.Figures["similarity.chance"] > RankingSettings.UnmeasuredFloor);
        Assert.Equal([RankingSettings.UnmeasuredFloor, RankingSettings.UnmeasuredFloor], new[] { await FloorAsync(newsroom), await FloorAsync(other) });
    }

    [Fact]
    public async Task What_a_site_sets_goes_before_it()
    {
        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, 0.0123);

        newsroom.Site = newsroom.Site with { Ranking = newsroom.Site.Ranking with { Floor = 0.5 } };

        Assert.Equal(0.5, await FloorAsync(newsroom));
    }

    [Fact]
    public async Task A_site_that_was_not_measured_and_one_whose_figure_is_damaged_have_the_usual_one()
    {
        Assert.Equal(RankingSettings.UnmeasuredFloor, await FloorAsync(newsroom));

        foreach (var damaged in new[] { [1, 2, 3], BitConverter.GetBytes(double.NaN), BitConverter.GetBytes(-1.0) })
        {
            await newsroom.Get<ModelTable>().PutAsync(newsroom.Site, SiteRankers.FloorName, damaged);
            await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Models = true });
            Assert.Equal(RankingSettings.UnmeasuredFloor, await FloorAsync(newsroom));
        }

        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, null);
        Assert.Null(await newsroom.Get<ModelTable>().GetAsync(newsroom.Site, SiteRankers.FloorName));
    }

    [Fact]
    public async Task Lists_go_by_it()
    {
        await newsroom.ImportAsync(
            Stories.Story("page", "Ferry strike enters its second week", "Crews of the harbour ferries stay ashore.", "2026-11-01T08:00:00Z"),
            Stories.Story("near", "Ferry crews vote on a strike", "The harbour ferries may stop.", "2026-10-01T08:00:00Z"),
            Stories.Story("far", "An orchard in bloom", $"A word about the week. {string.Join(' ', Enumerable.Range(100, 60).Select(tree => $"apple{tree}"))}", "2026-10-02T08:00:00Z"));
        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, 0.001);
        Assert.Equal([Reason.Similar, Reason.Similar], (await newsroom.ListAsync("page")).Items.Select(item => item.Reason));

        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, RankingSettings.UnmeasuredFloor);
        await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Models = true });

        var items = (await newsroom.ListAsync("page")).Items.ToDictionary(item => item.Card.Id, item => item.Reason);
        Assert.Equal((Reason.Similar, Reason.Latest), (items["near"], items["far"]));
    }

    [Fact]
    public async Task The_desk_names_it_to_an_editor_who_misses_a_story()
    {
        await newsroom.ImportAsync(Stories.Story("page", "Ferry strike enters its second week", "Crews of the harbour ferries stay ashore.", "2026-11-01T08:00:00Z"),
            Stories.Story("far", "An orchard in bloom", $"A word about the week. {string.Join(' ', Enumerable.Range(100, 60).Select(tree => $"apple{tree}"))}", "2026-10-02T08:00:00Z"));
        await newsroom.ImportAsync(Enumerable.Range(0, 110).Select(day => Stories.Story($"filler-{day}", $"Council paper {day * 31}", $"Minutes {day * 17}", "2026-11-10T08:00:00Z")));
        await newsroom.Get<SiteRankers>().PutFloorAsync(newsroom.Site, 0.0321);

        var absence = await newsroom.Get<AbsenceSearch>().ExplainAsync(newsroom.Site, new ListRequest { Id = "page" }, "far");

        Assert.Equal(FateKind.BelowFloor, absence.Fate.Kind);
        Assert.EndsWith("and stories count from 0.032.", absence.Sentence, StringComparison.Ordinal);
    }

    private static async Task<double?> FloorAsync(Newsroom of)
    {
        of.Time.Advance(TimeSpan.FromSeconds(2));
        await of.Get<ChangeFollower>().CatchUpAsync(of.Site);
        return (await of.Get<SiteRankers>().WithFloorAsync(of.Site)).Ranking.Floor;
    }
}
