using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Reindexing.Placing;

/// <summary>One reindex's placing of a site's articles among its subjects, block by block, of which several are worked on at a time. Safe for threads.</summary>
internal interface IPlacingRun
{
    /// <summary>What it learned and did so far.</summary>
    IReadOnlyDictionary<string, double> Figures { get; }

    /// <summary>What went wrong so far, in a sentence; null when nothing did.</summary>
    string? Error { get; }

    /// <summary>Does for a block what takes long.</summary>
    Task PrepareAsync(IReadOnlyList<StoredArticle> block, CancellationToken cancellation);

    /// <summary>The place of an article of the block.</summary>
    LatentPlace PlaceOf(StoredArticle article);
}
