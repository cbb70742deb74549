using CsCheck;
using Recommender.Ranking;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Tests.Ranking;

public sealed class RankerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly RelevanceModel ByWords = new LinearModel("test", -2, new Dictionary<string, double> { ["words"] = 4 });

    private static readonly Gen<Candidate> Candidates =
        from id in Gen.Int[0, 9_999]
        from similarity in Gen.Double[0, 1]
        from days in Gen.Double[0, 4_000]
        from features in Pairs.PackedFeatures
        from links in Gen.Int[0, 3]
        from isJudged in Gen.Bool
        select new Candidate { Id = $"story-{id}", Published = Now.AddDays(-days), Similarity = isJudged ? similarity : 0, Features = !isJudged ? [] : links == 0 ? features : Pairs.Linked(features, (BodyLinks)links) };

    private static readonly Gen<RankingSettings> Settings =
        from weight in Gen.Double[0, 1]
        from days in Gen.Double[0.01, 1_000]
        from floor in Gen.Double[0, 1]
        select new RankingSettings { RecencyWeight = weight, HalfLife = TimeSpan.FromDays(days), Floor = floor };

    [Fact]
    public void Without_weight_on_recency_age_does_not_matter()
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0 };

        var ranked = Rank(settings, [Story("new", 0.2, 0), Story("old", 0.3, 5_000)]);

        Assert.Equal(["old", "new"], ranked.Select(entry => entry.Candidate.Id));
    }

    [Fact]
    public void With_all_weight_on_recency_the_newest_comes_first_and_none_counts_as_similar()
    {
        var settings = new RankingSettings { RecencyWeight = 1, Floor = 0 };

        var ranked = Rank(settings, [Story("similar", 0.9, 40), Story("newest", 0, 1), Story("newer", 0, 2)]);

        Assert.Equal(["newest", "newer", "similar"], ranked.Select(entry => entry.Candidate.Id));
        Assert.DoesNotContain(ranked, entry => entry.IsSimilar);
        Assert.Equal(double.Exp2(-1 / settings.HalfLife.TotalDays), ranked[0].Score, 12);
    }

    [Theory]
    [InlineData(BodyLinks.ToStory, "the page links to it")]
    [InlineData(BodyLinks.ToPage, "it links to the page")]
    [InlineData(BodyLinks.ToStory | BodyLinks.ToPage, "they link to each other")]
    public void A_link_between_page_and_story_outweighs_likeness_and_shows_in_the_explanation(BodyLinks links, string words)
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0 };
        var plain = Story("linked", 0.3, 1);

        var ranked = Rank(settings, [Story("alike", 0.6, 1), plain with { Features = Pairs.Linked(plain.Features, links) }]);

        Assert.Equal(["linked", "alike"], ranked.Select(entry => entry.Candidate.Id));
        var part = Assert.Single(Assert.Single(ranked[0].Explanation.Parts, node => node.Name == "relevance").Parts, node => node.Name == "links");
        Assert.True(part.Value > 0.1);
        Assert.Equal(words, part.Detail);
    }

    [Fact]
    public void A_linked_story_needs_not_reach_the_floor_unless_it_is_buried()
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0.2 };
        var faint = Story("linked", 0.01, 1);
        var linked = faint with { Features = Pairs.Linked(faint.Features, BodyLinks.ToStory) };

        Assert.Equal(["linked"], Rank(settings, [linked, Story("faint", 0.01, 1)]).Select(entry => entry.Candidate.Id));
        Assert.Empty(Rank(settings, [linked], ("linked", 0)));
    }

    [Fact]
    public void A_boost_lifts_and_buries_and_shows_in_the_explanation()
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0.05 };

        var ranked = Rank(settings, [Story("a", 0.4, 1), Story("b", 0.3, 1), Story("c", 0.2, 1)], ("b", 2), ("a", 0.1));

        Assert.Equal(["b", "c"], ranked.Select(entry => entry.Candidate.Id));
        var boost = Assert.Single(ranked[0].Explanation.Parts, part => part.Name == "boost");
        var relevance = Assert.Single(ranked[0].Explanation.Parts, part => part.Name == "relevance");
        Assert.Equal(relevance.Value, boost.Value, 12);
        Assert.Equal(2 * relevance.Value, ranked[0].Score, 12);
    }

    [Fact]
    public void What_stays_below_the_floor_by_similarity_and_by_recency_is_left_to_the_cascade()
    {
        var ranked = Rank(new RankingSettings { RecencyWeight = 0, Floor = 0.1 }, [Story("just", 0.1, 1), Story("below", 0.0999, 1)]);
        Assert.Equal(["just"], ranked.Select(entry => entry.Candidate.Id));

        // Half of the weight on a recency of a half is 0.25.
        var settings = new RankingSettings { RecencyWeight = 0.5, HalfLife = TimeSpan.FromDays(1), Floor = 0.25 };
        ranked = Rank(settings, [Story("new", 0, 1), Story("a little of both", 0.2, 1.1), Story("similar", 0.3, 90)]);
        Assert.Equal(new[] { ("new", false), ("similar", true) }, ranked.Select(entry => (entry.Candidate.Id, entry.IsSimilar)).Order());
    }

    [Fact]
    public void Parts_sum_to_the_score_at_every_level_and_scores_are_numbers() =>
        Gen.Select(Settings, Candidates.Array[1, 8], Gen.Double[0, 10], Pairs.Models).Sample((settings, drawn, boost, model) =>
        {
            var candidates = drawn.DistinctBy(candidate => candidate.Id).ToList();
            foreach (var ranked in Ranker.Rank(settings with { Floor = 0 }, model, Now, candidates, Boosts((candidates[0].Id, boost)), Now))
            {
                Pairs.AssertSums(ranked.Explanation);
                Assert.Equal(ranked.Score, ranked.Explanation.Value);
                Assert.InRange(ranked.Score, 0, 10);
            }
        });

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_candidates() =>
        Gen.Select(Settings, Candidates.Array[0, 30], Gen.Int, Pairs.Models).Sample((settings, drawn, seed, model) =>
        {
            var candidates = drawn.DistinctBy(candidate => candidate.Id).ToArray();
            var shuffled = candidates.ToArray();
            new Random(seed).Shuffle(shuffled);
            var order = Ranker.Rank(settings, model, Now, candidates, Boosts(), Now).Select(entry => entry.Candidate.Id);
            return order.SequenceEqual(Ranker.Rank(settings, model, Now, shuffled, Boosts(), Now).Select(entry => entry.Candidate.Id));
        });

    private static IReadOnlyList<RankedCandidate> Rank(RankingSettings settings, IReadOnlyCollection<Candidate> candidates, params (string Id, double Factor)[] boosts) =>
        Ranker.Rank(settings, ByWords, Now, candidates, Boosts(boosts), Now);

    private static Candidate Story(string id, double similarity, double days) => new()
    {
        Id = id,
        Similarity = similarity,
        Features = similarity > 0 ? Pairs.Packed(("words", similarity)) : [],
        Published = Now.AddDays(-days),
    };

    private static Dictionary<string, double> Boosts(params (string Id, double Factor)[] boosts) => boosts.ToDictionary(boost => boost.Id, boost => boost.Factor);
}
