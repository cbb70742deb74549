using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How long the page is: what the other features mean depends on it.</summary>
internal sealed class PageLength : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "page-length";

    /// <inheritdoc/>
    public override string Meaning => "length of the page, by the logarithm";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.PageLength;
}
