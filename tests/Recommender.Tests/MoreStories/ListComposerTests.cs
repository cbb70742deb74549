using CsCheck;
using Recommender.Articles;
using Recommender.Duplicates;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Ranking;
using Recommender.Sites;

namespace Recommender.Tests.MoreStories;

public sealed class ListComposerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = new() { Id = "gazette", Name = "The Gazette" };

    [Fact]
    public void Enough_ranked_stories_make_a_complete_list()
    {
        var list = ListComposer.Compose(Composition(2) with { Ranked = Ranked("a", "b", "c"), Latest = Cards("x") });

        Assert.Equal((ListState.Complete, "a b"), (list.State, Ids(list)));
        Assert.All(list.Items, item => Assert.Equal(Reason.Similar, item.Reason));
    }

    [Fact]
    public void Too_few_ranked_stories_are_followed_by_the_latest_of_the_topic_and_then_of_the_site()
    {
        var list = ListComposer.Compose(Composition(4) with { Ranked = Ranked("a"), LatestInTopic = Cards("t", "a"), Latest = Cards("t", "x", "y") });

        Assert.Equal((ListState.Partial, "a t x y"), (list.State, Ids(list)));
        Assert.Equal([Reason.Similar, Reason.LatestInTopic, Reason.Latest, Reason.Latest], list.Items.Select(item => item.Reason));
        Assert.Equal([1, 2, 3, 4], list.Items.Select(item => item.Slot));
    }

    [Fact]
    public void With_nothing_for_the_page_the_list_falls_back_to_the_latest() =>
        Assert.Equal((ListState.Fallback, "x y"), Shape(ListComposer.Compose(Composition(4) with { Latest = Cards("x", "y") })));

    [Fact]
    public void With_nothing_at_all_the_list_is_empty() =>
        Assert.Equal((ListState.Empty, ""), Shape(ListComposer.Compose(Composition(4))));

    [Fact]
    public void The_page_itself_and_what_is_on_it_already_never_appear()
    {
        var composition = Composition(4) with
        {
            Page = Card("page", "About the page"),
            PageUrl = Url("same-url"),
            Exclude = new HashSet<string> { "seen", Url("linked") },
            Ranked = Ranked("page", "seen", "linked", "same-url", "a"),
            Latest = Cards("page", "seen", "linked", "b"),
        };

        Assert.Equal((ListState.Partial, "a b"), Shape(ListComposer.Compose(composition)));
    }

    [Fact]
    public void A_blocked_story_appears_nowhere_not_even_pinned()
    {
        var composition = Composition(3) with
        {
            Overrides = [Pin("gone", 1), new Block { Scope = OverrideScope.Site, Target = "gone" }],
            Pinned = Dictionary("gone"),
            Ranked = Ranked("gone", "a"),
            Latest = Cards("gone", "b"),
        };

        Assert.Equal("a b", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void A_pin_stands_in_its_slot_and_pushes_the_others_down()
    {
        var list = ListComposer.Compose(Composition(3) with { Overrides = [Pin("p", 2)], Pinned = Dictionary("p"), Ranked = Ranked("a", "b", "p") });

        Assert.Equal((ListState.Complete, "a p b"), Shape(list));
        Assert.Equal(Reason.Pinned, list.Items[1].Reason);
    }

    [Fact]
    public void The_narrower_scope_wins_a_slot_and_a_story_is_pinned_once()
    {
        var composition = Composition(3) with
        {
            Overrides = [Pin("page-pin", 1), Pin("twice", 2), Pin("topic-pin", 1, OverrideScope.Topic("harbour")), Pin("twice", 3, OverrideScope.Site)],
            Pinned = Dictionary("page-pin", "topic-pin", "twice"),
            Ranked = Ranked("a"),
        };

        Assert.Equal("page-pin twice a", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void A_pin_with_nothing_before_it_moves_up() =>
        Assert.Equal("p", Ids(ListComposer.Compose(Composition(4) with { Overrides = [Pin("p", 3)], Pinned = Dictionary("p") })));

    [Fact]
    public void A_pin_below_the_asked_count_is_left_out() =>
        Assert.Equal("a b", Ids(ListComposer.Compose(Composition(2) with { Overrides = [Pin("p", 3)], Pinned = Dictionary("p"), Ranked = Ranked("a", "b") })));

    [Fact]
    public void A_pinned_story_that_is_gone_leaves_its_slot_to_the_ranking() =>
        Assert.Equal("a b", Ids(ListComposer.Compose(Composition(2) with { Overrides = [Pin("p", 1)], Ranked = Ranked("a", "b") })));

    [Fact]
    public void Of_two_stories_with_nearly_the_same_headline_only_the_better_appears()
    {
        var composition = Composition(3) with
        {
            Page = Card("page", "Council approves the new harbour bridge plan"),
            Ranked =
            [
                Ranked("copy", 0.9, "Council approves the new harbour bridge plan"),
                Ranked("first", 0.8, "Ferry talks collapse after midnight"),
                Ranked("update", 0.7, "Ferry talks collapse after midnight, strike to begin Monday"),
                Ranked("other", 0.6, "Orchards light fires against the frost"),
            ],
        };

        Assert.Equal("first other", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void A_pin_stays_beside_its_copy_on_the_page_and_keeps_other_copies_out()
    {
        const string report = "The ferry union and the harbour board of Brennan Sound broke off their talks after midnight, and neither side would say what had gone wrong in the night.";
        var composition = Composition(4) with
        {
            Page = Copy("page", report),
            Overrides = [Pin("pinned", 1), Pin("pinned-too", 2)],
            Pinned = new Dictionary<string, ArticleCard> { ["pinned"] = Copy("pinned", report), ["pinned-too"] = Copy("pinned-too", report) },
            Ranked = [(Ranked("ranked", 0.9, "").Item1, Copy("ranked", report)), Ranked("other", 0.8, "Orchards light fires against the frost")],
            Latest = [Copy("latest", report), Card("news")],
        };

        Assert.Equal("pinned pinned-too other news", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void Of_copies_the_one_that_ranks_higher_appears_and_of_the_latest_the_later()
    {
        const string report = "The ferry union and the harbour board of Brennan Sound broke off their talks after midnight, and neither side would say what had gone wrong in the night.";
        var ranked = Composition(4) with { Ranked = [(Ranked("best", 0.9, "").Item1, Copy("best", report)), (Ranked("newer", 0.8, "").Item1, Copy("newer", report) with { Published = Now })] };
        var latest = Composition(4) with { Latest = [Copy("newer", report) with { Published = Now }, Copy("older", report)] };

        Assert.Equal("best", Ids(ListComposer.Compose(ranked)));
        Assert.Equal("newer", Ids(ListComposer.Compose(latest)));
    }

    [Fact]
    public void A_story_from_the_future_waits() =>
        Assert.Equal("now", Ids(ListComposer.Compose(Composition(4) with { Latest = [Card("later") with { Published = Now.AddMinutes(1) }, Card("now") with { Published = Now }] })));

    [Fact]
    public void A_buried_story_is_the_last_resort_of_the_cascade()
    {
        var composition = Composition(2) with { Overrides = [new Boost { Scope = OverrideScope.Site, Target = "x", Factor = 0.1 }], Latest = Cards("x", "y", "z") };

        Assert.Equal("y z", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void The_promises_hold_for_any_input() =>
        Gen.Select(Gen.Int[0, 12].Array[0, 20], Gen.Int[0, 12].Array[0, 20], Gen.Int[0, 12].Array[0, 5], Gen.Int[0, 12].Array[0, 5], Gen.Int[1, 20].Array[0, 5], Gen.Int[1, 8])
            .Sample((ranked, latest, excluded, blocked, slots, count) =>
            {
                var composition = Composition(count) with
                {
                    Page = Card("s0", "Title s0"),
                    Ranked = Ranked([.. ranked.Distinct().Select(Name)]),
                    Latest = Cards([.. latest.Distinct().Select(Name)]),
                    Exclude = excluded.Select(Name).ToHashSet(),
                    Overrides = [.. slots.Select((slot, i) => Pin(Name(i), slot)), .. blocked.Select(story => new Block { Scope = OverrideScope.Site, Target = Name(story) })],
                    Pinned = Dictionary([.. Enumerable.Range(0, 13).Select(Name)]),
                };

                var list = ListComposer.Compose(composition);

                var ids = list.Items.Select(item => item.Card.Id).ToList();
                Assert.True(ids.Count <= count);
                Assert.Equal(ids.Count, ids.Distinct().Count());
                Assert.DoesNotContain("s0", ids);
                Assert.Empty(ids.Intersect(excluded.Select(Name)));
                Assert.Empty(ids.Intersect(blocked.Select(Name)));
                Assert.Equal(list.State == ListState.Empty, ids.Count == 0);
                Assert.Equal(Enumerable.Range(1, ids.Count), list.Items.Select(item => item.Slot));
                Assert.Equal(ids, ListComposer.Compose(composition).Items.Select(item => item.Card.Id));
            });

    private static ListComposition Composition(int count) => new() { Site = Site, Now = Now, Count = count };

    private static string Name(int story) => $"s{story}";

    private static string Url(string id) => $"https://gazette.example/{id}";

    private static ArticleCard Card(string id, string? title = null) => new()
    {
        Id = id,
        Url = Url(id),
        Title = title ?? $"{id} {id} {id} {id}",
        Published = Now.AddDays(-1),
        Language = "en",
    };

    private static ArticleCard Copy(string id, string text) => Card(id, $"{id} {id}: what {id} says") with { Fingerprint = Fingerprint.Of("", "", text) };

    private static IReadOnlyList<ArticleCard> Cards(params string[] ids) => [.. ids.Select(id => Card(id))];

    private static Dictionary<string, ArticleCard> Dictionary(params string[] ids) => ids.ToDictionary(id => id, id => Card(id));

    private static (RankedCandidate, ArticleCard) Ranked(string id, double score, string title) => (
        new RankedCandidate(
            new Candidate { Id = id, Published = Now.AddDays(-1), Similarity = score },
            Explanation.Sum("score", Explanation.Leaf("similarity", score), Explanation.Leaf("recency", 0)))
        { IsSimilar = true },
        Card(id, title));

    private static IReadOnlyList<(RankedCandidate, ArticleCard)> Ranked(params string[] ids) => [.. ids.Select((id, i) => Ranked(id, 1 - (0.01 * i), $"{id} {id} {id} {id}"))];

    private static Pin Pin(string target, int slot, OverrideScope? scope = null) => new() { Scope = scope ?? OverrideScope.Page("page"), Target = target, Slot = slot };

    private static string Ids(MoreStoriesList list) => string.Join(' ', list.Items.Select(item => item.Card.Id));

    private static (ListState, string) Shape(MoreStoriesList list) => (list.State, Ids(list));
}
