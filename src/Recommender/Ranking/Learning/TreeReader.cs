using Microsoft.ML.Trainers.FastTree;
using Recommender.Ranking.Models;

namespace Recommender.Ranking.Learning;

/// <summary>Takes a tree out of what Microsoft.ML learned.</summary>
internal static class TreeReader
{
    /// <summary>The tree, its values times <paramref name="weight"/>, each inner node with the mean of the examples that come through it.</summary>
    public static Tree Read(RegressionTree tree, double weight, IReadOnlyList<Example> examples)
    {
        if (tree.NumberOfNodes == 0)
        {
            return new Tree([-1], [0], [0], [0], [tree.NumberOfLeaves > 0 ? weight * tree.LeafValues[0] : 0]);
        }

        // Inner nodes first: the library numbers children after their parents. It names a leaf by the complement of its number.
        var (inner, leaves) = (tree.NumberOfNodes, tree.NumberOfLeaves);
        var columns = new int[inner + leaves];
        var thresholds = new float[inner + leaves];
        var left = new int[inner + leaves];
        var right = new int[inner + leaves];
        Array.Fill(columns, -1);
        for (var node = 0; node < inner; node++)
        {
            columns[node] = tree.NumericalSplitFeatureIndexes[node];
            thresholds[node] = tree.NumericalSplitThresholds[node];
            left[node] = Place(tree.LeftChild[node]);
            right[node] = Place(tree.RightChild[node]);
        }

        var values = new double[inner + leaves];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            values[inner + leaf] = weight * tree.LeafValues[leaf];
        }

        var read = new Tree(columns, thresholds, left, right, values);
        Average(read, inner, examples);
        return read;

        int Place(int child) => child >= 0 ? child : inner + ~child;
    }

    private static void Average(Tree tree, int inner, IReadOnlyList<Example> examples)
    {
        var counts = new int[tree.Columns.Length];
        foreach (var example in examples)
        {
            var node = 0;
            for (; tree.Columns[node] >= 0; node = example.Features[tree.Columns[node]] <= tree.Thresholds[node] ? tree.Left[node] : tree.Right[node])
            {
                counts[node]++;
            }

            counts[node]++;
        }

        for (var node = inner - 1; node >= 0; node--)
        {
            var (l, r) = (tree.Left[node], tree.Right[node]);
            tree.Values[node] = counts[node] > 0
                ? ((counts[l] * tree.Values[l]) + (counts[r] * tree.Values[r])) / counts[node]
                : (tree.Values[l] + tree.Values[r]) / 2;
        }
    }
}
