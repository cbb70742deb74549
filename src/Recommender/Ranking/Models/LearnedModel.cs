using System.Text.Json;
using Recommender.Ranking.Features;

namespace Recommender.Ranking.Models;

/// <summary>
/// Boosted regression trees beside a weight for each column: trees see how features work together, weights see far with few examples. A column's contribution to a tree is what the
/// steps decided by it changed on the way from the root to a leaf, each node standing for the mean of the examples that came through it; so contributions sum to the score.
/// </summary>
public sealed class LearnedModel : RelevanceModel
{
    private readonly LearnedModelContent content;

    /// <summary>Makes it of its content.</summary>
    /// <exception cref="FormatException">The content was made for other columns, or a tree leads nowhere.</exception>
    public LearnedModel(LearnedModelContent content)
    {
        // What is read from bytes may lack anything.
        if (content is not { Columns: not null, Weights: not null, Trees: not null }
            || !content.Columns.SequenceEqual(FeatureTable.Columns.Select(column => column.Name))
            || content.Weights.Count != FeatureTable.Columns.Count
            || !content.Weights.Append(content.Offset).All(double.IsFinite)
            || !content.Trees.All(IsWhole))
        {
            throw new FormatException("This ranker was made for other features, or is damaged.");
        }

        this.content = content;
        Baseline = content.Offset + content.Trees.Sum(tree => tree.Values[0]);
    }

    /// <inheritdoc/>
    public override string Source => content.Source;

    /// <inheritdoc/>
    public override double Baseline { get; }

    /// <inheritdoc/>
    public override void Contribute(ReadOnlySpan<float> row, Span<double> contributions)
    {
        for (var column = 0; column < row.Length; column++)
        {
            contributions[column] += content.Weights[column] * row[column];
        }

        foreach (var tree in content.Trees)
        {
            for (var node = 0; tree.Columns[node] >= 0;)
            {
                var column = tree.Columns[node];
                var next = row[column] <= tree.Thresholds[node] ? tree.Left[node] : tree.Right[node];
                contributions[column] += tree.Values[next] - tree.Values[node];
                node = next;
            }
        }
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(content, EngineJson.Default.LearnedModelContent);

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it, or were made for other features.</exception>
    public static LearnedModel FromBytes(byte[] bytes)
    {
        try
        {
            return new LearnedModel(JsonSerializer.Deserialize(bytes, EngineJson.Default.LearnedModelContent) ?? throw new FormatException("This ranker is empty."));
        }
        catch (JsonException failure)
        {
            throw new FormatException("This ranker cannot be read.", failure);
        }
    }

    // Children come after their parents, so that no way goes round in circles.
    private static bool IsWhole(Tree tree) =>
        tree is { Columns.Length: > 0, Thresholds: not null, Left: not null, Right: not null, Values: not null }
        && new[] { tree.Thresholds.Length, tree.Left.Length, tree.Right.Length, tree.Values.Length }.All(length => length == tree.Columns.Length)
        && Enumerable.Range(0, tree.Columns.Length).All(node => tree.Columns[node] < 0
            || (tree.Columns[node] < FeatureTable.Columns.Count && IsBelow(tree, node, tree.Left[node]) && IsBelow(tree, node, tree.Right[node])))
        && tree.Values.All(double.IsFinite);

    private static bool IsBelow(Tree tree, int node, int child) => child > node && child < tree.Columns.Length;
}

/// <summary>What a <see cref="LearnedModel"/> is made of.</summary>
public sealed record LearnedModelContent
{
    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Names of the columns it was made for.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Added to the sum of the others.</summary>
    public required double Offset { get; init; }

    /// <summary>Weights of the columns.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The trees.</summary>
    public required IReadOnlyList<Tree> Trees { get; init; }
}

/// <summary>A regression tree: nodes in an order in which children come after their parents.</summary>
/// <param name="Columns">The column that a node asks for; -1 for a leaf.</param>
/// <param name="Thresholds">Up to this the way goes left, above it right.</param>
/// <param name="Left">Left children.</param>
/// <param name="Right">Right children.</param>
/// <param name="Values">Mean log-odds of the examples that came through each node; of a leaf, what the tree gives.</param>
public sealed record Tree(int[] Columns, float[] Thresholds, int[] Left, int[] Right, double[] Values);
