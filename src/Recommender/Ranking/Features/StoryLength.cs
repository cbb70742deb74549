using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How long the story is: a few words give little to go on.</summary>
internal sealed class StoryLength : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "length";

    /// <inheritdoc/>
    public override string Meaning => "length of the story, by the logarithm";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.StoryLength;
}
