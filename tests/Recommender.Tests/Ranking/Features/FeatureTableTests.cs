using CsCheck;
using Recommender.Ranking.Features;

namespace Recommender.Tests.Ranking.Features;

public sealed class FeatureTableTests
{
    [Fact]
    public void Features_come_back_from_their_bytes_within_half_a_step_and_unknown_ones_as_such() => Pairs.PackedFeatures.Sample(packed =>
    {
        var values = new float[PairFeatures.All.Count];

        Assert.True(PairFeatures.TryUnpack(packed, values));

        Assert.All(values.Index(), value => Assert.True(
            packed[value.Index + 1] == byte.MaxValue ? float.IsNaN(value.Item) : Math.Abs(value.Item - (packed[value.Index + 1] / 254.0)) < 1e-6));
        Assert.False(PairFeatures.TryUnpack(packed.AsSpan(..^1), values));
        Assert.False(PairFeatures.TryUnpack([(byte)(packed[0] + 1), .. packed.Skip(1)], values));
        Assert.False(PairFeatures.TryUnpack([], values));
    });

    [Fact]
    public void A_table_has_no_gaps_and_all_of_it_is_between_nothing_and_one() =>
        Gen.Select(Gen.OneOf(Pairs.PackedFeatures, Gen.Byte.Array[0, 20]), Gen.Double[-5_000, 5_000]).Array[0, 20].Sample(drawn =>
        {
            var table = FeatureTable.Of([.. drawn.Select(candidate => (candidate.Item1, TimeSpan.FromDays(candidate.Item2)))]);
            for (var candidate = 0; candidate < drawn.Length; candidate++)
            {
                foreach (var value in table.Row(candidate))
                {
                    Assert.InRange(value, 0, 1);
                }
            }
        });

    [Fact]
    public void What_is_not_known_is_taken_from_the_middle_of_the_others_and_the_best_is_one_in_relation()
    {
        var table = FeatureTable.Of(
        [
            (Pairs.Packed(("words", 0.2), ("names", 0.5)), TimeSpan.Zero),
            (Pairs.Packed(("words", 0.4)), TimeSpan.FromDays(-1)),
            ([], TimeSpan.FromDays(5_000)),
        ]);

        Assert.Equal([0.2, 0.4, 0.3], Column(table, "words", 3), new Near());
        Assert.Equal([0.5, 1, 0.75], Column(table, "words-relative", 3), new Near());
        Assert.Equal([0.5, 0.5, 0.5], Column(table, "names", 3), new Near());
        Assert.Equal([0, 0, 0], Column(table, "headlines", 3));
        Assert.Equal([0, 0, 0], Column(table, "headlines-relative", 3));
        Assert.Equal([0, Math.Log(2) / Math.Log(4_096), 1], Column(table, "time-apart", 3), new Near());
    }

    [Fact]
    public void Columns_have_names_of_their_own_and_each_relative_one_the_family_of_its_feature()
    {
        Assert.Equal(FeatureTable.Columns.Count, FeatureTable.Columns.DistinctBy(column => column.Name).Count());
        var relative = FeatureTable.Columns.Where(column => column.Name.EndsWith("-relative", StringComparison.Ordinal)).ToList();
        Assert.Equal(PairFeatures.All.Where(feature => feature.IsRelative).Select(feature => feature.Name), relative.Select(column => column.Family));
    }

    private static IEnumerable<double> Column(FeatureTable table, string name, int rows)
    {
        var column = FeatureTable.Columns.Index().Single(entry => entry.Item.Name == name).Index;
        return [.. Enumerable.Range(0, rows).Select(row => (double)table.Row(row)[column])];
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 0.005;

        public int GetHashCode(double value) => 0;
    }
}
