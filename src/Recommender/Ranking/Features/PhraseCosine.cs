using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of pairs of words that follow each other.</summary>
internal sealed class PhraseCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "phrases";

    /// <inheritdoc/>
    public override string Meaning => "cosine of pairs of words";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Pairs;
}
