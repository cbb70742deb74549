using CsCheck;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Ranking;
using Recommender.Sites;

namespace Recommender.Tests.MoreStories;

/// <summary>What the site's settings make of ranked stories: difference, caps, slots for the latest, only older ones.</summary>
public sealed class CompositionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly ArticleCard Page = Story("page", "The page itself", 10).Card;

    private static readonly string[] Slugs = ["harbour", "council", "schools"];
    private static readonly string[] Names = ["Ines", "Ben", ""];

    private static readonly Gen<ArticleCard> Cards =
        from id in Gen.Int[0, 30]
        from topics in Gen.OneOf(Slugs).Array[0, 2]
        from author in Gen.OneOf(Names)
        select Story($"s{id}", $"Headline{id} words{id} number{id % 3} of{id} stories{id}", topics: [.. topics.Distinct()]).Card with { Authors = author.Length == 0 ? [] : [author] };

    [Fact]
    public void A_story_that_repeats_the_first_gives_way_to_one_that_does_not()
    {
        var first = Story("first", "Ferry crews walk out over night sailings", score: 0.9, topics: ["harbour"]);
        var again = Story("again", "Night sailings: what ferry crews really earn", score: 0.8, topics: ["harbour"]);
        var other = Story("other", "Island farmers sell their milk by drone", score: 0.7, topics: ["farming"]);

        Assert.Equal("first again other", Ids(Compose(new RankingSettings { Diversity = 0 }, 3, first, again, other)));
        Assert.Equal("first other again", Ids(Compose(new RankingSettings { Diversity = 0.5 }, 3, first, again, other)));
    }

    [Fact]
    public void The_best_story_stays_first_however_much_the_rest_differs()
    {
        var pin = Story("pin", "Ferry crews walk out over night sailings", topics: ["harbour"]);
        var best = Story("best", "Night sailings: what ferry crews earn", score: 0.9, topics: ["harbour"]);
        var other = Story("other", "Island farmers sell their milk by drone", score: 0.1, topics: ["farming"]);
        var list = ListComposer.Compose(Composition(new RankingSettings { Diversity = 1 }, 3, best, other) with
        {
            Overrides = [new Pin { Scope = OverrideScope.Site, Target = "pin", Slot = 1 }],
            Pinned = new Dictionary<string, ArticleCard> { ["pin"] = pin.Card },
        });

        Assert.Equal("pin best other", Ids(list));
    }

    [Fact]
    public void A_story_that_was_moved_says_so_and_its_score_is_the_same()
    {
        var first = Story("first", "Ferry crews walk out over night sailings", score: 0.9);
        var again = Story("again", "Night sailings: what ferry crews earn", score: 0.8);
        var other = Story("other", "Island farmers sell their milk by drone", score: 0.7);

        var items = Compose(new RankingSettings { Diversity = 0.5 }, 3, first, again, other).Items;

        Assert.DoesNotContain(items[0].Explanation.Parts, part => part.Name == "order");
        Assert.Equal("number 3 by score, chosen as number 2; overlap 0 with what stands above", Assert.Single(items[1].Explanation.Parts, part => part.Name == "order").Detail);
        Assert.Equal(0.7, items[1].Explanation.Value);
        Assert.All(items, item => Assert.Equal(item.Explanation.Value, item.Explanation.Parts.Sum(part => part.Value), 12));
    }

    [Fact]
    public void Of_stories_that_repeat_each_other_the_best_is_shown_whatever_stands_beside_it()
    {
        var first = Story("first", "Milk by drone from the island farms", score: 0.9, topics: ["farming"]);
        var better = Story("better", "Ferry talks collapse after midnight", score: 0.8, topics: ["farming"]);
        var copy = Story("copy", "Ferry talks collapse after midnight", score: 0.7, topics: ["harbour"]);

        Assert.Equal("first better", Ids(Compose(new RankingSettings { Diversity = 0.9 }, 2, first, better, copy)));
    }

    [Fact]
    public void A_cap_of_a_topic_counts_all_topics_of_a_story_and_lets_others_first()
    {
        var settings = new RankingSettings { Diversity = 0, MaxPerTopic = 1 };
        var list = Compose(settings, 3, Topical("a", "harbour", "council"), Topical("b", "harbour"), Topical("c", "council"), Topical("d", "schools"), Topical("e"));

        Assert.Equal("a d e", Ids(list));
        Assert.Equal(ListState.Complete, list.State);
    }

    [Fact]
    public void What_is_over_a_cap_comes_after_what_was_chosen_and_before_the_latest()
    {
        var settings = new RankingSettings { Diversity = 0, MaxPerTopic = 1 };
        var composition = Composition(settings, 4, Topical("a", "harbour"), Topical("b", "harbour"), Topical("c", "council")) with { Latest = [Topical("x", "schools").Card] };

        var list = ListComposer.Compose(composition, out var isSettled);

        Assert.Equal((ListState.Partial, "a c b x"), (list.State, Ids(list)));
        Assert.Contains(list.Items[2].Explanation.Parts, part => part.Name == "cap");
        Assert.False(isSettled);
    }

    [Fact]
    public void A_list_that_needed_a_story_over_a_cap_may_change_when_more_is_ranked()
    {
        var settings = new RankingSettings { Diversity = 0, MaxPerTopic = 1 };
        ListComposer.Compose(Composition(settings, 2, Topical("a", "harbour"), Topical("b", "harbour")), out var needsMore);
        ListComposer.Compose(Composition(settings, 2, Topical("a", "harbour"), Topical("b", "council")), out var isSettled);

        Assert.Equal((false, true), (needsMore, isSettled));
    }

    [Fact]
    public void A_cap_of_an_author_holds_for_what_fills_the_list_too_and_counts_pins()
    {
        var settings = new RankingSettings { MaxPerAuthor = 1 };
        ArticleCard By(string id, params string[] authors) => Topical(id).Card with { Authors = authors };
        var composition = Composition(settings, 4) with
        {
            Page = Page,
            Overrides = [new Pin { Scope = OverrideScope.Site, Target = "pin", Slot = 1 }],
            Pinned = new Dictionary<string, ArticleCard> { ["pin"] = By("pin", "Ines Calloway") },
            Latest = [By("x", "INES CALLOWAY"), By("y", "Ben Ode", "Ines Calloway"), By("z", "Ben Ode"), By("w", "Ben Ode")],
        };

        Assert.Equal("pin z x y", Ids(ListComposer.Compose(composition)));
    }

    [Theory]
    [InlineData(0, "a b c d", ListState.Complete)]
    [InlineData(0.24, "a b c d", ListState.Complete)]
    [InlineData(0.25, "a b c t", ListState.Complete)]
    [InlineData(0.5, "a b t x", ListState.Complete)]
    [InlineData(0.99, "a t x y", ListState.Complete)]
    [InlineData(1, "t x y d", ListState.Complete)]
    public void Slots_for_the_latest_are_the_last_ones_and_no_sign_of_want(double share, string ids, ListState state)
    {
        var composition = Composition(new RankingSettings { LatestShare = share }, 4, Topical("a"), Topical("b"), Topical("c"), Topical("d")) with
        {
            LatestInTopic = [Topical("t").Card],
            Latest = [Topical("t").Card, Topical("x").Card, Topical("y").Card, Topical("d").Card],
        };

        Assert.Equal((state, ids), Shape(ListComposer.Compose(composition)));
    }

    [Fact]
    public void Slots_that_the_latest_cannot_fill_go_back_to_what_was_chosen()
    {
        var composition = Composition(new RankingSettings { LatestShare = 0.75 }, 4, Topical("a"), Topical("b"), Topical("c"), Topical("d")) with { Latest = [Topical("a").Card, Topical("x").Card] };

        Assert.Equal((ListState.Complete, "a b c x"), Shape(ListComposer.Compose(composition)));
    }

    [Fact]
    public void Fill_ups_come_before_the_slots_of_the_latest()
    {
        var composition = Composition(new RankingSettings { LatestShare = 0.25 }, 4, Topical("a")) with { Latest = [Topical("x").Card, Topical("y").Card, Topical("z").Card] };

        var list = ListComposer.Compose(composition);

        Assert.Equal((ListState.Partial, "a y z x"), Shape(list));
        Assert.Contains("kept for the latest: 0.25 of 4", Assert.Single(list.Items[3].Explanation.Parts, part => part.Name == "reserved").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_older_than_the_page_is_chosen_unless_an_editor_pins_it()
    {
        var newer = Story("newer", "Newer", days: 9, score: 0.9);
        var older = Story("older", "Older", days: 11, score: 0.5);
        var composition = Composition(new RankingSettings(), 4, newer, older, Story("same", "Same", days: 10)) with
        {
            Page = Page,
            Before = Page.Published,
            Overrides = [new Pin { Scope = OverrideScope.Site, Target = "pin", Slot = 2 }],
            Pinned = new Dictionary<string, ArticleCard> { ["pin"] = Story("pin", "Pin", days: 1).Card },
            Latest = [Story("latest", "Latest", days: 1).Card, Story("oldest", "Oldest", days: 20).Card],
        };

        Assert.Equal("older pin oldest", Ids(ListComposer.Compose(composition)));
    }

    [Fact]
    public void An_overlap_is_a_share_the_same_both_ways_and_whole_with_itself() =>
        Gen.Select(Cards, Cards).Sample((left, right) =>
        {
            var (one, other) = (new CardOverlap(left, []), new CardOverlap(right, []));
            var overlap = CardOverlap.Of(one, other);
            return overlap is >= 0 and <= 1 && overlap == CardOverlap.Of(other, one) && CardOverlap.Of(one, one) is 0 or (> 0.999999 and <= 1.000001);
        });

    [Fact]
    public void Headlines_without_spaces_are_compared_by_pairs_of_characters()
    {
        var ferry = Overlap("渡船工会投票决定罢工");
        Assert.True(CardOverlap.Of(ferry, Overlap("渡船工会与港务局谈判")) > 0.2);
        Assert.Equal(0, CardOverlap.Of(ferry, Overlap("苹果园遭遇霜冻")));

        static CardOverlap Overlap(string title) => new(Story("x", title).Card, []);
    }

    [Fact]
    public void Any_settings_keep_the_promises() =>
        Gen.Select(Cards.Array[0, 15], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 8]).Sample((cards, diversity, share, perTopic, perAuthor, count) =>
        {
            var settings = new RankingSettings
            {
                Diversity = diversity,
                LatestShare = share,
                MaxPerTopic = perTopic == 0 ? null : perTopic,
                MaxPerAuthor = perAuthor == 0 ? null : perAuthor,
            };
            var all = cards.DistinctBy(card => card.Id).ToList();
            var (ranked, latest) = (all.Take(all.Count / 2).ToList(), all.Skip(all.Count / 3).ToList());
            var composition = Composition(settings, count, [.. ranked.Select((card, i) => new Sample(card, 1.0 / (i + 1)))]) with { Page = Page, Latest = latest };

            var list = ListComposer.Compose(composition);

            // No setting loses a slot, shows a story twice, or lets the order depend on anything but the input.
            var plain = ListComposer.Compose(composition with { Site = SiteOf(new RankingSettings { Diversity = 0 }) });
            Assert.Equal(plain.Items.Count, list.Items.Count);
            Assert.Equal(list.Items.Count, list.Items.Select(item => item.Card.Id).Distinct().Count());
            Assert.Equal(Ids(list), Ids(ListComposer.Compose(composition)));
            Assert.All(list.Items, item => Assert.Equal(item.Explanation.Value, item.Explanation.Parts.Sum(part => part.Value), 12));
        });

    private static MoreStoriesList Compose(RankingSettings settings, int count, params Sample[] ranked) => ListComposer.Compose(Composition(settings, count, ranked));

    private static ListComposition Composition(RankingSettings settings, int count, params Sample[] ranked) => new()
    {
        Site = SiteOf(settings),
        Page = Page,
        Now = Now,
        Count = count,
        Ranked = [.. ranked.OrderByDescending(sample => sample.Score).Select(sample => (
            new RankedCandidate(
                new Candidate { Id = sample.Card.Id, Published = sample.Card.Published },
                Explanation.Sum("score", Explanation.Leaf("similarity", sample.Score), Explanation.Leaf("recency", 0))) { IsSimilar = true },
            sample.Card))],
    };

    private static Site SiteOf(RankingSettings settings) => new() { Id = "gazette", Name = "The Gazette", Ranking = settings };

    private static Sample Topical(string id, params string[] topics) => Story(id, $"{id}{id}{id}{id} in {id}{id}{id}{id}", score: 1 - ((id[0] - 'a') / 100.0), topics: topics);

    private static Sample Story(string id, string title, double days = 1, double score = 0.5, params string[] topics) => new(
        new ArticleCard { Id = id, Url = $"https://gazette.example/{id}", Title = title, Published = Now.AddDays(-days), Language = "en", Topics = topics }, score);

    private static string Ids(MoreStoriesList list) => string.Join(' ', list.Items.Select(item => item.Card.Id));

    private static (ListState, string) Shape(MoreStoriesList list) => (list.State, Ids(list));

    private sealed record Sample(ArticleCard Card, double Score);
}
