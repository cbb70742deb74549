using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of latent vectors: whether they are about the same subjects in other words.</summary>
internal sealed class LatentCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "subjects";

    /// <inheritdoc/>
    public override string Meaning => "cosine of latent subjects";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Latent ?? double.NaN;
}
