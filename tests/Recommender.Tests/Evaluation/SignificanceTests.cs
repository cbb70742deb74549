using CsCheck;
using Recommender.Evaluation;

namespace Recommender.Tests.Evaluation;

public sealed class SignificanceTests
{
    private static readonly Gen<double[]> Values = Gen.Double[0, 1].Array[1, 30];

    [Fact]
    public void The_interval_of_equal_values_is_that_value()
    {
        var interval = BootstrapInterval.OfMean([0.25, 0.25, 0.25]);

        Assert.Equal((0.25, 0.25), (interval.Low, interval.High));
    }

    [Fact]
    public void The_interval_of_many_values_is_near_the_normal_one()
    {
        // 200 noughts and 200 ones: the mean's standard error is 0.5 / 20 = 0.025.
        var interval = BootstrapInterval.OfMean([.. Enumerable.Range(0, 400).Select(value => value % 2.0)]);

        Assert.InRange(interval.Low, 0.5 - (1.96 * 0.025) - 0.004, 0.5 - (1.96 * 0.025) + 0.004);
        Assert.InRange(interval.High, 0.5 + (1.96 * 0.025) - 0.004, 0.5 + (1.96 * 0.025) + 0.004);
    }

    [Fact]
    public void The_interval_holds_between_the_least_and_the_most_and_is_the_same_each_time() => Values.Sample(
        values =>
        {
            var interval = BootstrapInterval.OfMean(values);
            Assert.Equal(interval, BootstrapInterval.OfMean(values));
            Assert.InRange(interval.Low, values.Min() - 1e-12, interval.High);
            Assert.InRange(interval.High, interval.Low, values.Max() + 1e-12);
        },
        iter: 50);

    [Fact]
    public void No_values_have_no_interval() => Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([]));

    [Fact]
    public void Equal_systems_do_not_differ() => Assert.Equal(1, RandomizationTest.PValue([0.1, 0.7, 0.3], [0.1, 0.7, 0.3]));

    [Fact]
    public void P_is_the_share_of_swaps_that_give_as_great_a_difference()
    {
        // Five queries, all better by the same: of 32 ways to swap, only two give as much.
        var p = RandomizationTest.PValue([0.6, 0.6, 0.6, 0.6, 0.6], [0.5, 0.5, 0.5, 0.5, 0.5]);

        Assert.InRange(p, (2.0 / 32) - 0.008, (2.0 / 32) + 0.008);
    }

    [Fact]
    public void P_is_the_same_both_ways_and_never_0() => Gen.Select(Values, Values).Sample(
        pair =>
        {
            var count = Math.Min(pair.Item1.Length, pair.Item2.Length);
            var p = RandomizationTest.PValue(pair.Item1[..count], pair.Item2[..count]);
            Assert.InRange(p, 1.0 / 10_001, 1);
            Assert.Equal(p, RandomizationTest.PValue(pair.Item2[..count], pair.Item1[..count]));
        },
        iter: 50);

    [Fact]
    public void Systems_with_different_queries_cannot_be_compared() => Assert.Throws<ArgumentException>(() => RandomizationTest.PValue([1], [1, 0]));
}
