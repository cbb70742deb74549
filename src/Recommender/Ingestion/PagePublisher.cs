using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Publishes an article by its URL: fetches the page, reads it, publishes it; a page that is gone (404, 410) is unpublished.</summary>
public sealed class PagePublisher
{
    /// <summary>Fetches and publishes a page.</summary>
    /// <exception cref="SourceException">The page cannot be fetched, is not allowed, or holds no article.</exception>
    public Task<PagePublication> PublishAsync(Site site, string url, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>What became of a page.</summary>
/// <param name="Result">What was published; null when the page is gone.</param>
/// <param name="Removed">Whether an article was unpublished because its page is gone.</param>
public sealed record PagePublication(PublishResult? Result, bool Removed);
