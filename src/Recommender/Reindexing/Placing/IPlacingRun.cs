using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Reindexing.Placing;

/// <summary>One reindex's placing of a site's articles among its subjects, block by block.</summary>
internal interface IPlacingRun
{
    /// <summary>What it learned and did so far.</summary>
    IReadOnlyDictionary<string, double> Figures { get; }

    /// <summary>What went wrong so far, in a sentence; null when nothing did.</summary>
    string? Error { get; }

    /// <summary>Does what takes long for a block, while publishing goes on.</summary>
    /// <param name="readBlock">Reads the block, for who needs it.</param>
    /// <param name="cancellation">Stops it.</param>
    Task PrepareAsync(Func<Task<List<StoredArticle>>> readBlock, CancellationToken cancellation);

    /// <summary>The place of an article of the block, as it is stored now.</summary>
    LatentPlace PlaceOf(StoredArticle article);
}
