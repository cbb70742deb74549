using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of the words in the headlines.</summary>
internal sealed class HeadlineCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "headlines";

    /// <inheritdoc/>
    public override string Meaning => "cosine of the headlines";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Headlines;
}
