using Recommender.Ranking.Features;

namespace Recommender.Ranking.Models;

/// <summary>A weight for each column.</summary>
public sealed class LinearModel : RelevanceModel
{
    private readonly double[] weights;

    /// <summary>Makes it of weights by column; a column without one plays no part.</summary>
    /// <exception cref="ArgumentException">A name is no column.</exception>
    public LinearModel(string source, double baseline, IReadOnlyDictionary<string, double> weights)
    {
        (Source, Baseline) = (source, baseline);
        var unknown = weights.Keys.Except(FeatureTable.Columns.Select(column => column.Name)).FirstOrDefault();
        this.weights = unknown is null
            ? [.. FeatureTable.Columns.Select(column => weights.GetValueOrDefault(column.Name))]
            : throw new ArgumentException($"There is no column '{unknown}'.", nameof(weights));
    }

    /// <inheritdoc/>
    public override string Source { get; }

    /// <inheritdoc/>
    public override double Baseline { get; }

    /// <inheritdoc/>
    public override void Contribute(ReadOnlySpan<float> row, Span<double> contributions)
    {
        for (var column = 0; column < row.Length; column++)
        {
            contributions[column] += weights[column] * row[column];
        }
    }
}
