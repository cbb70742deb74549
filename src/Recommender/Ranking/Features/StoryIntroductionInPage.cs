using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How much of the story's headline and dek the page's text has.</summary>
internal sealed class StoryIntroductionInPage : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "introduction-in-page";

    /// <inheritdoc/>
    public override string Meaning => "share of the story's headline and dek that the page's text has";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.StoryIntroductionInPage;
}
