using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Ranking;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.Tests.MoreStories;

public sealed class ThreadDisplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = new() { Id = "gazette", Name = "The Gazette" };

    // Name, thread, age in days: best first.
    private static readonly (string Id, string? Thread, int Age)[] Ranked =
        [("a-old", "a", 9), ("p-old", "p", 8), ("b-best", "b", 7), ("p-new", "p", 1), ("b-other", "b", 2), ("free", null, 5), ("p-mid", "p", 4), ("a-new", "a", 1)];

    [Theory]
    [InlineData(ThreadsInLists.Collapse, "a-old p-new b-best free")]
    [InlineData(ThreadsInLists.Follow, "p-new p-mid p-old a-old b-best free")]
    [InlineData(ThreadsInLists.Show, "a-old p-old b-best p-new b-other free p-mid a-new")]
    public void Threads_are_shown_as_the_site_wants_it(ThreadsInLists threads, string expected)
    {
        var list = ListComposer.Compose(Composition() with { Site = Site with { Ranking = new RankingSettings { Threads = threads } } });

        Assert.Equal(expected, Ids(list));
        Assert.All(list.Items, item => Assert.Equal(threads != ThreadsInLists.Show && item.Card.Thread?.Id == "p" ? Reason.SameThread : Reason.Similar, item.Reason));
    }

    [Fact]
    public void What_is_collapsed_is_told_with_the_story_that_stands_for_it()
    {
        var fates = ListComposer.Trace(Composition()).Fates;

        Assert.Equal((FateKind.SameThread, "b-best", 5), (fates["b-other"].Kind, fates["b-other"].Other!.Id, fates["b-other"].Rank!.Value));
        Assert.Equal((FateKind.SameThread, "p-new"), (fates["p-old"].Kind, fates["p-old"].Other!.Id));
        Assert.Equal((FateKind.Listed, 1), (fates["a-old"].Kind, fates["a-old"].Place!.Value));
    }

    [Fact]
    public void A_request_may_want_it_otherwise() =>
        Assert.Equal("a-old p-old b-best p-new b-other free p-mid a-new", Ids(ListComposer.Compose(Composition() with { Threads = ThreadsInLists.Show })));

    [Fact]
    public void Pins_are_never_collapsed_and_take_no_threads_place()
    {
        var pins = new[] { "p-mid", "p-old", "a-new" }.Select((target, place) => new Pin { Scope = OverrideScope.Site, Target = target, Slot = place + 1 }).ToList();
        var list = ListComposer.Compose(Composition() with
        {
            Overrides = pins,
            Pinned = pins.ToDictionary(pin => pin.Target, pin => Card(Ranked.Single(entry => entry.Id == pin.Target))),
        });

        Assert.Equal("p-mid p-old a-new a-old p-new b-best free", Ids(list));
    }

    [Fact]
    public void A_newest_development_that_is_blocked_or_yet_to_come_gives_its_place_to_the_next()
    {
        var blocked = Composition() with { Overrides = [new Block { Scope = OverrideScope.Site, Target = "p-new" }] };
        var toCome = Composition() with { Now = Now.AddDays(-2), Ranked = [.. Composition().Ranked.Where(entry => entry.Card.Id != "a-new")] };

        Assert.Equal("a-old p-mid b-best free", Ids(ListComposer.Compose(blocked)));
        Assert.Equal("a-old p-mid b-best free", Ids(ListComposer.Compose(toCome)));
    }

    [Fact]
    public void The_latest_that_fill_a_list_up_are_one_of_each_thread_too()
    {
        var list = ListComposer.Compose(Composition() with { Ranked = [], Latest = [.. Ranked.Select(Card)] });

        Assert.Equal("a-old p-old b-best free", Ids(list));
    }

    [Fact]
    public void An_explanation_tells_of_the_thread_and_still_sums_up()
    {
        var items = ListComposer.Compose(Composition()).Items;

        Assert.Equal("a running story: Story a", items[0].Explanation.Parts[^1].Detail);
        Assert.Equal("the page's own running story: Story p", items[1].Explanation.Parts[^1].Detail);
        Assert.DoesNotContain(items[3].Explanation.Parts, part => part.Name == "thread");
        Assert.All(items, item => Assert.Equal(item.Explanation.Value, item.Explanation.Parts.Sum(part => part.Value), 9));
    }

    private static ListComposition Composition() => new()
    {
        Site = Site,
        Now = Now,
        Count = 10,
        Page = Card(("page", "p", 3)),
        Ranked = [.. Ranked.Select((entry, place) => (
            new RankedCandidate(
                new Candidate { Id = entry.Id, Published = Now.AddDays(-entry.Age), Similarity = 1 - (0.01 * place) },
                Explanation.Sum("score", Explanation.Leaf("similarity", 1 - (0.01 * place)), Explanation.Leaf("recency", 0))) { IsSimilar = true },
            Card(entry)))],
    };

    private static ArticleCard Card((string Id, string? Thread, int Age) entry) => new()
    {
        Id = entry.Id,
        Url = $"https://gazette.example/{entry.Id}",
        Title = $"{entry.Id} {entry.Id} {entry.Id} {entry.Id}",
        Published = Now.AddDays(-entry.Age),
        Language = "en",
        Thread = entry.Thread is { } thread ? new StoryThread(thread, $"Story {thread}") : null,
    };

    private static string Ids(MoreStoriesList list) => string.Join(' ', list.Items.Select(item => item.Card.Id));
}
