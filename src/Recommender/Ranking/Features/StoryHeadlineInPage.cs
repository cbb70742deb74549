using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How much of the story's headline the page's text has: what it speaks about.</summary>
internal sealed class StoryHeadlineInPage : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "headline-in-page";

    /// <inheritdoc/>
    public override string Meaning => "share of the story's headline that the page's text has";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.StoryHeadlineInPage;
}
