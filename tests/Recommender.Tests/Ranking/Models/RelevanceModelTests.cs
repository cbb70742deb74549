using CsCheck;
using Recommender.Ranking;
using Recommender.Ranking.Models;
using Recommender.Sites;

namespace Recommender.Tests.Ranking.Models;

public sealed class RelevanceModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_slope_leads_from_one_probability_to_the_other() => Gen.Select(Gen.Double[-40, 40], Gen.Double[-40, 40], Gen.Bool).Sample((from, far, isNear) =>
    {
        var to = isNear ? from + (far * 1e-8) : far;
        var slope = RelevanceModel.Slope(from, to);

        Assert.InRange(slope, 0, 0.25 + 1e-9);
        Assert.Equal(RelevanceModel.Probability(to), RelevanceModel.Probability(from) + (slope * (to - from)), 1e-9);
    });

    [Fact]
    public void The_parts_of_a_relevance_sum_to_the_probability_by_its_weight() =>
        Gen.Select(Pairs.Models, Pairs.PackedFeatures.Array[1, 10], Gen.Double[0, 1]).Sample((model, features, recencyWeight) =>
        {
            var candidates = features.Select((packed, place) => new Candidate { Id = $"s{place}", Published = Now.AddDays(-place), Similarity = 1, Features = packed }).ToList();
            var table = Recommender.Ranking.Features.FeatureTable.Of([.. candidates.Select(candidate => (candidate.Features, candidate.Published - Now))]);

            var ranked = Ranker.Rank(new RankingSettings { RecencyWeight = recencyWeight, Floor = 0 }, model, Now, candidates, new Dictionary<string, double>(), Now);

            Assert.All(ranked, entry =>
            {
                var relevance = Assert.Single(entry.Explanation.Parts, part => part.Name == "relevance");
                Pairs.AssertSums(relevance);
                var place = candidates.IndexOf(entry.Candidate);
                Assert.Equal((1 - recencyWeight) * RelevanceModel.Probability(model.LogOdds(table.Row(place))), relevance.Value, 1e-9);
            });
        });

    [Fact]
    public void A_weight_for_no_column_is_refused() =>
        Assert.Throws<ArgumentException>(() => new LinearModel("test", 0, new Dictionary<string, double> { ["moustaches"] = 1 }));
}
