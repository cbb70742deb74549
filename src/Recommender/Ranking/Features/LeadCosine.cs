using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of the words in dek and lead.</summary>
internal sealed class LeadCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "leads";

    /// <inheritdoc/>
    public override string Meaning => "cosine of dek and first sentences";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Leads;
}
