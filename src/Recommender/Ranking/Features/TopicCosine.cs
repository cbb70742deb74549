using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of topics, each weighted by its rarity.</summary>
internal sealed class TopicCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "topics";

    /// <inheritdoc/>
    public override string Meaning => "cosine of the topics, the rarer the weightier";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Topics;
}
