using CsCheck;
using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class MeasureTests
{
    private const double Second = 0.6309297535714575;

    private static readonly Dictionary<string, int> Grades = new() { ["a"] = 3, ["b"] = 1, ["c"] = 0, ["d"] = -2 };

    private static readonly Gen<(Dictionary<string, int> Grades, List<string> Ranking)> Cases =
        from grades in Gen.Dictionary(Gen.Int[0, 30].Select(id => $"d{id}"), Gen.Int[-1, 4])[1, 15]
        from order in Gen.Shuffle(Enumerable.Range(0, 31).Select(id => $"d{id}").ToArray())
        from length in Gen.Int[0, 31]
        select (grades, order.Take(length).ToList());

    [Fact]
    public void Gain_is_the_grade_discounted_by_the_binary_logarithm_of_the_place_and_one()
    {
        // b first, a third: (1 + 3/2) against the ideal 3 + 1/log2(3).
        Assert.Equal(2.5 / (3 + Second), NormalizedGain.At(3, ["b", "c", "a"], Grades), 12);
        Assert.Equal(1.0 / (3 + Second), NormalizedGain.At(2, ["b", "c", "a"], Grades), 12);
        Assert.Equal(1.0 / 3, NormalizedGain.At(1, ["b", "a"], Grades), 12);
        Assert.Equal(Second, NormalizedGain.At(5, ["x", "y"], new Dictionary<string, int> { ["y"] = 1 }), 12);
    }

    [Fact]
    public void Recall_counts_what_is_above_grade_0()
    {
        Assert.Equal(0.5, Recall.At(2, ["c", "b", "a"], Grades));
        Assert.Equal(1, Recall.At(3, ["c", "b", "a"], Grades));
        Assert.Equal(0, Recall.At(3, ["c", "d", "x"], Grades));
    }

    [Fact]
    public void Reciprocal_rank_looks_for_the_first_within_the_cutoff()
    {
        Assert.Equal(1.0 / 3, ReciprocalRank.At(10, ["c", "d", "b", "a"], Grades), 12);
        Assert.Equal(0, ReciprocalRank.At(2, ["c", "d", "b", "a"], Grades));
    }

    [Fact]
    public void What_is_not_judged_or_below_0_gains_nothing() => Assert.Equal(NormalizedGain.At(3, ["x", "a"], Grades), NormalizedGain.At(3, ["d", "a"], Grades));

    [Fact]
    public void Every_measure_is_from_0_to_1_and_the_ideal_order_gains_1() => Cases.Sample(sample =>
    {
        var measures = Measure.Usual([5, 10]);
        Assert.All(measures, measure => Assert.InRange(measure.Of(sample.Ranking, sample.Grades), 0, 1 + 1e-12));

        var ideal = sample.Grades.OrderByDescending(grade => grade.Value).Select(grade => grade.Key).ToList();
        var hasRelevant = sample.Grades.Values.Any(grade => grade > 0);
        Assert.Equal(hasRelevant ? 1 : 0, NormalizedGain.At(5, ideal, sample.Grades), 9);
        Assert.Equal(hasRelevant ? 1 : 0, ReciprocalRank.At(10, ideal, sample.Grades), 9);
    });

    [Fact]
    public void Moving_a_better_document_up_never_lowers_the_gain() => Cases.Where(sample => sample.Ranking.Count > 1).Sample(sample =>
    {
        var sorted = sample.Ranking.ToList();
        var place = sample.Grades.Count % (sorted.Count - 1);
        if (sample.Grades.GetValueOrDefault(sorted[place + 1]) > sample.Grades.GetValueOrDefault(sorted[place]))
        {
            (sorted[place], sorted[place + 1]) = (sorted[place + 1], sorted[place]);
        }

        Assert.True(NormalizedGain.At(10, sorted, sample.Grades) >= NormalizedGain.At(10, sample.Ranking, sample.Grades) - 1e-12);
    });

    [Fact]
    public void The_usual_measures_are_named_by_their_cutoffs() =>
        Assert.Equal(["ndcg@3", "ndcg@5", "recall@10", "mrr@10"], Measure.Usual([5, 3, 5]).Select(measure => measure.Name));
}
