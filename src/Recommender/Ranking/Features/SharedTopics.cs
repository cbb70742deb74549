using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How many topics they share, up to four.</summary>
internal sealed class SharedTopics : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "shared-topics";

    /// <inheritdoc/>
    public override string Meaning => "number of topics shared, of four";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => Math.Min(1, pair.SharedTopics / 4.0);
}
