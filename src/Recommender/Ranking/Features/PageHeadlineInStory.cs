using Recommender.Similarity;

namespace Recommender.Ranking.Features;

/// <summary>How much of the page's headline the story's text has.</summary>
internal sealed class PageHeadlineInStory : PairFeature
{
    /// <inheritdoc/>
    public override string Name => "page-headline-in-story";

    /// <inheritdoc/>
    public override string Meaning => "share of the page's headline that the story's text has";

    /// <inheritdoc/>
    public override double Of(in PairComparison pair) => pair.PageHeadlineInStory;
}
