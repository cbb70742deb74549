using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How many pairs of words they share that hardly any other article has.</summary>
internal sealed class RarePhrases : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "rare-phrases";

    /// <inheritdoc/>
    public override string Meaning => "pairs of words shared that hardly any other article has, by the logarithm";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => Math.Log(1 + pair.RarePairs) / 5;
}
