using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of single words, weighted by how much each tells.</summary>
internal sealed class WordCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "words";

    /// <inheritdoc/>
    public override string Meaning => "cosine of the words";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Words;
}
