using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>Cosine of names: people, places, organisations, as capitals inside sentences show them.</summary>
internal sealed class NameCosine : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "names";

    /// <inheritdoc/>
    public override string Meaning => "cosine of the names";

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.Names;
}
