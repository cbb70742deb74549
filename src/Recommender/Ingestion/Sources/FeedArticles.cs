using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion.Sources;

/// <summary>The articles of a feed that a person named, completed from their pages where the feed says too little.</summary>
internal sealed class FeedArticles(WebFetcher fetcher, Publisher publisher, IngestionOptions options)
{
    private const int MaxDepth = 3;

    private readonly PageSource pages = new(fetcher);

    /// <summary>The articles of a feed, and of the sitemaps that an index names.</summary>
    /// <param name="site">Their site.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="isOnline">Whether pages are fetched for want of text; else only for want of a title, without which there is no article.</param>
    /// <param name="progress">Told how many items are done.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<SourceItem> ReadAsync(
        Site site, Feed feed, bool isOnline, IProgress<SourceProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0;
        await foreach (var (entry, known) in EntriesAsync(site, feed, cancellation))
        {
            yield return entry.Input is { } input
                ? await CompleteAsync(site, entry.Place, input, isOnline, isOnline ? null : feed.Updated, cancellation)
                : new SourceItem(entry.Place, null, entry.Error);
            progress?.Report(new SourceProgress(++done, known));
        }
    }

    private async IAsyncEnumerable<(FeedEntry Entry, int? Known)> EntriesAsync(Site site, Feed feed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var entry in feed.Entries)
        {
            yield return (entry, feed.Entries.Count);
        }

        var queue = new Queue<(SitemapReference Sitemap, int Depth)>(feed.Sitemaps.Select(sitemap => (sitemap, 1)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var next))
        {
            if (!seen.Add(next.Sitemap.Address.AbsoluteUri))
            {
                continue;
            }

            var (inner, error) = seen.Count > options.MaxSitemaps ? (null, $"More than {options.MaxSitemaps} sitemaps are not read.") : await FetchAsync(site, next.Sitemap.Address, cancellation);
            if (inner is null)
            {
                yield return (new FeedEntry(next.Sitemap.Address.AbsoluteUri, null, error), null);
                continue;
            }

            foreach (var entry in inner.Entries)
            {
                yield return (entry, null);
            }

            foreach (var sitemap in next.Depth < MaxDepth ? inner.Sitemaps : [])
            {
                queue.Enqueue((sitemap, next.Depth + 1));
            }
        }
    }

    private async Task<(Feed? Feed, string? Error)> FetchAsync(Site site, Uri address, CancellationToken cancellation)
    {
        try
        {
            var fetched = await fetcher.FetchFeedAsync(site, address, default, cancellation);
            return fetched.Status == FetchStatus.Found
                ? (FeedReader.Read(site, fetched.Content, fetched.Address, fetched.Charset), null)
                : (null, "The sitemap is not there (404 or 410).");
        }
        catch (Exception failure) when (failure is FetchException or FeedFormatException)
        {
            return (null, failure.Message);
        }
    }

    private async Task<SourceItem> CompleteAsync(Site site, string place, ArticleInput input, bool isOnline, DateTimeOffset? lastResort, CancellationToken cancellation)
    {
        var existing = await FindAsync(site, input.Url!, cancellation);
        var needsPage = isOnline ? ArticleCompletion.NeedsPage(input, existing, isChanged: false, options.FullText) : input.Title is null && existing is null;
        ArticleInput? page = null;
        string? error = null;
        if (needsPage)
        {
            (page, error) = await ReadPageAsync(site, input.Url!, cancellation);
            existing = page?.Url is { } address && await FindAsync(site, address, cancellation) is { } other ? other : existing;
        }

        if (error is not null && input.Title is null && existing is null)
        {
            return new SourceItem(place, null, error);
        }

        var merged = ArticleCompletion.Merge(input, page, existing, options.FullText, lastResort);
        return new SourceItem(place, existing is null ? merged : merged with { Id = existing.Id }, null);
    }

    private async Task<(ArticleInput? Page, string? Error)> ReadPageAsync(Site site, string url, CancellationToken cancellation)
    {
        try
        {
            var page = await pages.ReadAsync(site, new Uri(url), cancellation);
            return (page.Input, page.Input is not null ? null : page.Status == FetchStatus.Gone ? "The page is not there (404 or 410)." : "The page holds no article.");
        }
        catch (FetchException failure)
        {
            return (null, failure.Message);
        }
    }

    private async Task<Article?> FindAsync(Site site, string url, CancellationToken cancellation) =>
        await publisher.FindAsync(site, url, cancellation) is { } id ? await publisher.GetAsync(site, id, cancellation) : null;
}
