using CsCheck;
using Recommender.Ranking;
using Recommender.Sites;

namespace Recommender.Tests.Ranking;

public sealed class RankerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Candidate> Candidates =
        from id in Gen.Int[0, 9_999]
        from similarity in Gen.Double[0, 1]
        from days in Gen.Double[0, 4_000]
        select new Candidate { Id = $"story-{id}", Published = Now.AddDays(-days), Similarity = similarity };

    private static readonly Gen<RankingSettings> Settings =
        from weight in Gen.Double[0, 1]
        from days in Gen.Double[0.01, 1_000]
        from floor in Gen.Double[0, 1]
        select new RankingSettings { RecencyWeight = weight, HalfLife = TimeSpan.FromDays(days), Floor = floor };

    [Fact]
    public void Without_weight_on_recency_age_does_not_matter()
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0 };

        var ranked = Ranker.Rank(settings, [Story("new", 0.2, 0), Story("old", 0.3, 5_000)], Boosts(), Now);

        Assert.Equal(["old", "new"], ranked.Select(entry => entry.Candidate.Id));
    }

    [Fact]
    public void With_all_weight_on_recency_the_newest_comes_first()
    {
        var settings = new RankingSettings { RecencyWeight = 1, Floor = 0 };

        var ranked = Ranker.Rank(settings, [Story("similar", 0.9, 40), Story("newest", 0, 1), Story("newer", 0, 2)], Boosts(), Now);

        Assert.Equal(["newest", "newer", "similar"], ranked.Select(entry => entry.Candidate.Id));
    }

    [Fact]
    public void A_boost_lifts_and_buries_and_shows_in_the_explanation()
    {
        var settings = new RankingSettings { RecencyWeight = 0, Floor = 0.05 };

        var ranked = Ranker.Rank(settings, [Story("a", 0.4, 1), Story("b", 0.3, 1), Story("c", 0.2, 1)], Boosts(("b", 2), ("a", 0.1)), Now);

        Assert.Equal(["b", "c"], ranked.Select(entry => entry.Candidate.Id));
        var boost = Assert.Single(ranked[0].Explanation.Parts, part => part.Name == "boost");
        Assert.Equal(0.3, boost.Value, 12);
        Assert.Equal(0.6, ranked[0].Score, 12);
    }

    [Fact]
    public void What_stays_below_the_floor_is_left_to_the_cascade()
    {
        var ranked = Ranker.Rank(new RankingSettings { RecencyWeight = 0, Floor = 0.1 }, [Story("just", 0.1, 1), Story("below", 0.0999, 1)], Boosts(), Now);

        Assert.Equal(["just"], ranked.Select(entry => entry.Candidate.Id));
    }

    [Fact]
    public void Parts_sum_to_the_score_and_scores_are_numbers() =>
        Gen.Select(Settings, Candidates, Gen.Double[0, 10]).Sample((settings, candidate, boost) =>
        {
            var explanation = Ranker.Score(settings, candidate, boost, Now);
            return double.IsFinite(explanation.Value) && Math.Abs(explanation.Parts.Sum(part => part.Value) - explanation.Value) < 1e-12;
        });

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_candidates() =>
        Gen.Select(Settings, Candidates.Array[0, 30], Gen.Int).Sample((settings, drawn, seed) =>
        {
            var candidates = drawn.DistinctBy(candidate => candidate.Id).ToArray();
            var shuffled = candidates.ToArray();
            new Random(seed).Shuffle(shuffled);
            var order = Ranker.Rank(settings, candidates, Boosts(), Now).Select(entry => entry.Candidate.Id);
            return order.SequenceEqual(Ranker.Rank(settings, shuffled, Boosts(), Now).Select(entry => entry.Candidate.Id));
        });

    private static Candidate Story(string id, double similarity, double days) => new() { Id = id, Similarity = similarity, Published = Now.AddDays(-days) };

    private static Dictionary<string, double> Boosts(params (string Id, double Factor)[] boosts) => boosts.ToDictionary(boost => boost.Id, boost => boost.Factor);
}
