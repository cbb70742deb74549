using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Publishes an article by its URL: fetches the page, reads it, publishes it; a page that is gone (404, 410) is unpublished.</summary>
public sealed class PagePublisher(WebFetcher fetcher, Publisher publisher, IOptions<IngestionOptions> options)
{
    /// <summary>Fetches and publishes a page.</summary>
    /// <exception cref="SourceException">The page cannot be fetched, is not allowed, or holds no article.</exception>
    public async Task<PagePublication> PublishAsync(Site site, string url, CancellationToken cancellation = default)
    {
        if (!CanonicalUrl.TryParse(url, out _))
        {
            throw new SourceException($"'{url}' is no absolute http or https URL.");
        }

        var page = await ReadAsync(site, new Uri(url.Trim()), cancellation);
        var known = await publisher.FindAsync(site, url, cancellation);
        if (page.Status == FetchStatus.Gone)
        {
            return new PagePublication(null, known is not null && await publisher.UnpublishAsync(site, known, cancellation));
        }

        if (page.Input is not { } input)
        {
            throw new SourceException($"{url} holds no article.");
        }

        // What is known under the address that was asked for stays the same article, whatever address its page prefers.
        var id = await publisher.FindAsync(site, input.Url!, cancellation) ?? known;
        var existing = id is null ? null : await publisher.GetAsync(site, id, cancellation);
        var merged = ArticleCompletion.Merge(new ArticleInput { Url = url }, input, existing, options.Value.FullText) with { Id = existing?.Id };
        return new PagePublication(await publisher.PublishAsync(site, merged, cancellation), Removed: false);
    }

    private async Task<PageReading> ReadAsync(Site site, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await new PageSource(fetcher).ReadAsync(site, address, cancellation);
        }
        catch (FetchException failure)
        {
            throw new SourceException(failure.Message, failure);
        }
    }
}

/// <summary>What became of a page.</summary>
/// <param name="Result">What was published; null when the page is gone.</param>
/// <param name="Removed">Whether an article was unpublished because its page is gone.</param>
public sealed record PagePublication(PublishResult? Result, bool Removed);
