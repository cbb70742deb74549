using CsCheck;
using Recommender.Ranking;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;
using Recommender.Similarity;

namespace Recommender.Tests.Ranking;

/// <summary>Pairs of pages and stories as rankers see them, and models that judge them.</summary>
internal static class Pairs
{
    /// <summary>The bytes of any features, unknown ones among them.</summary>
    public static Gen<byte[]> PackedFeatures { get; } = Gen.Byte.Array[PairFeatures.All.Count].Select(values => new[] { Packed()[0] }.Concat(values).ToArray());

    /// <summary>Models of both kinds with any weights.</summary>
    public static Gen<RelevanceModel> Models { get; } = Gen.OneOf<RelevanceModel>(
        Gen.Const(ShippedModel.Instance),
        Gen.Select(Gen.Double[-6, 6], Gen.Double[-8, 8].Array[FeatureTable.Columns.Count]).Select(RelevanceModel (baseline, weights) =>
            new LinearModel("drawn", baseline, FeatureTable.Columns.Zip(weights).ToDictionary(column => column.First.Name, column => column.Second))),
        Gen.Select(Gen.Double[-6, 6], Gen.Double[-4, 4].Array[FeatureTable.Columns.Count], Trees().Array[0, 6]).Select(RelevanceModel (offset, weights, trees) =>
            new LearnedModel(Content(offset, weights, trees))));

    /// <summary>Features of which these are known.</summary>
    public static byte[] Packed(params (string Name, double Value)[] known)
    {
        var packed = PairFeatures.Pack(default);
        packed.AsSpan(1).Fill(byte.MaxValue);
        foreach (var (name, value) in known)
        {
            packed[1 + PairFeatures.All.Index().Single(feature => feature.Item.Name == name).Index] = (byte)Math.Round(254 * value);
        }

        return packed;
    }

    /// <summary>The same features of two of which one links to the other.</summary>
    public static byte[] Linked(byte[] packed, BodyLinks links) => [.. packed, (byte)links];

    public static LearnedModelContent Content(double offset, double[] weights, params Tree[] trees) => new()
    {
        Source = "drawn",
        Columns = [.. FeatureTable.Columns.Select(column => column.Name)],
        Offset = offset,
        Weights = weights,
        Trees = trees,
    };

    /// <summary>Asserts that each node is the sum of its parts, and that all are numbers.</summary>
    public static void AssertSums(Explanation node)
    {
        Assert.True(double.IsFinite(node.Value), $"{node.Name} is {node.Value}.");
        Assert.DoesNotContain("NaN", node.Detail ?? "", StringComparison.Ordinal);
        if (node.Parts.Count > 0)
        {
            Assert.Equal(node.Value, node.Parts.Sum(part => part.Value), 1e-9);
            Assert.All(node.Parts, AssertSums);
        }
    }

    // A root that leads to a leaf on the left, and on the right to a node with two more.
    private static Gen<Tree> Trees() =>
        from first in Gen.Int[0, FeatureTable.Columns.Count - 1]
        from second in Gen.Int[0, FeatureTable.Columns.Count - 1]
        from thresholds in Gen.Float[0, 1].Array[2]
        from values in Gen.Double[-2, 2].Array[5]
        select new Tree([first, -1, second, -1, -1], [thresholds[0], 0, thresholds[1], 0, 0], [1, 0, 3, 0, 0], [2, 0, 4, 0, 0], values);
}
