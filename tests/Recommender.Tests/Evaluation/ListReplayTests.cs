using Recommender.Editorial;
using Recommender.Evaluation;
using Recommender.MoreStories;
using Recommender.Similarity;
using Recommender.Tests.Support;

namespace Recommender.Tests.Evaluation;

public sealed class ListReplayTests
{
    [Fact]
    public async Task Only_what_is_chosen_for_the_page_by_its_date_is_in_the_run()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync([.. Enumerable.Range(1, 4).Select(Stories.Ferry), .. Enumerable.Range(1, 3).Select(Stories.Orchard)]);
        var published = new DateTimeOffset(2026, 10, 3, 8, 0, 0, TimeSpan.Zero);

        var run = await newsroom.Get<ListReplay>().RunAsync(newsroom.Site, [("ferry-3", published), ("nobody's", published)], depth: 10);

        // ferry-4 is of the day after, and the orchards share nothing with ferries but would fill the list up.
        Assert.Equal(["ferry-1", "ferry-2"], run.Of("ferry-3").Order());
        Assert.Empty(run.Of("nobody's"));
        Assert.Contains("orchard-1", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-3", At = published, Count = 10 })).Items.Select(item => item.Card.Id));
    }

    [Fact]
    public async Task A_pin_is_left_out_when_only_the_chosen_are_asked_for()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync([.. Enumerable.Range(1, 3).Select(Stories.Ferry), Stories.Orchard(1)]);
        await newsroom.Overrides.PutAsync(newsroom.Site, new Pin { Scope = OverrideScope.Page("ferry-3"), Slot = 1, Target = "orchard-1" }, OverrideCondition.None);

        var pinned = await newsroom.ListAsync("ferry-3", 2);
        var chosen = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-3", Count = 2, ChosenOnly = true });

        Assert.Equal("orchard-1", pinned.Items[0].Card.Id);
        Assert.Equal(["ferry-1", "ferry-2"], chosen.Items.Select(item => item.Card.Id).Order());
    }

    [Fact]
    public async Task The_similarity_of_a_pair_is_that_of_the_neighbour_list()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync([.. Enumerable.Range(1, 4).Select(Stories.Ferry), .. Enumerable.Range(1, 4).Select(Stories.Orchard)]);
        var index = await newsroom.Get<SiteIndexes>().GetAsync(newsroom.Site);

        var near = index.Nearest("ferry-1", 10);

        Assert.True(near.Count >= 3);
        Assert.All(near, neighbour => Assert.Equal(neighbour.Similarity, index.Similarity(neighbour.Id, "ferry-1")!.Value, 5));
        Assert.Equal(1, index.Similarity("ferry-1", "ferry-1"));
        Assert.Null(index.Similarity("ferry-1", "nobody's"));
    }
}
