using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How many words they share that few other articles have.</summary>
internal sealed class RareWords : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "rare-words";

    /// <inheritdoc/>
    public override string Meaning => "words shared that few other articles have, by the logarithm";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => Math.Log(1 + pair.RareWords) / 5;
}
