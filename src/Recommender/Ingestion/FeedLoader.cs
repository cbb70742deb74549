using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Fetches a feed, and what an index leads to, asking only for what changed.</summary>
internal sealed class FeedLoader(WebFetcher fetcher, IngestionOptions options)
{
    private const int MaxDepth = 3;
    private const int MaxEntries = 250_000;

    /// <summary>Short hash that an item names its document by.</summary>
    public static string SourceOf(string address) => XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(address)).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Loads a feed.</summary>
    /// <exception cref="FetchException">The feed itself cannot be fetched.</exception>
    /// <exception cref="FeedFormatException">It is none.</exception>
    public async Task<LoadedFeed> LoadAsync(Site site, FeedState state, CancellationToken cancellation)
    {
        var loaded = new LoadedFeed { Root = SourceOf(state.Url) };
        if (!Uri.TryCreate(state.Url, UriKind.Absolute, out var address))
        {
            throw new FetchException($"'{state.Url}' is no absolute URL.");
        }

        var known = state.Documents.GetValueOrDefault(state.Url);
        var feed = await ReadAsync(site, address, state.Url, known, loaded, null, cancellation);
        if (feed is null)
        {
            loaded.NotModified = true;
            loaded.Documents[state.Url] = known!;
        }
        else if (feed.Kind == FeedKind.SitemapIndex)
        {
            await LoadSitemapsAsync(site, state, feed, loaded, cancellation);
        }
        else
        {
            Take(feed, state.Url, loaded.Root, loaded);
        }

        return loaded;
    }

    private async Task LoadSitemapsAsync(Site site, FeedState state, Feed index, LoadedFeed loaded, CancellationToken cancellation)
    {
        loaded.IsPartial |= !index.IsWhole;
        var queue = new Queue<(SitemapReference Sitemap, int Depth)>(index.Sitemaps.Select(sitemap => (sitemap, 1)));
        var seen = new HashSet<string>(StringComparer.Ordinal) { state.Url };
        var read = 0;
        while (queue.TryDequeue(out var next))
        {
            var url = next.Sitemap.Address.AbsoluteUri;
            if (!seen.Add(url))
            {
                continue;
            }

            if (++read > options.MaxSitemaps || loaded.Entries.Count >= MaxEntries)
            {
                loaded.IsPartial = true;
                loaded.Errors.Add($"{state.Url} leads to more than {options.MaxSitemaps} sitemaps or {MaxEntries} pages; the rest is not read.");
                break;
            }

            foreach (var inner in await LoadSitemapAsync(site, state, next.Sitemap, loaded, cancellation))
            {
                loaded.IsPartial |= next.Depth >= MaxDepth;
                if (next.Depth < MaxDepth)
                {
                    queue.Enqueue((inner, next.Depth + 1));
                }
            }
        }

        // An index that does not date its sitemaps stays the same when they change.
        if (seen.Count > 1 && !loaded.Documents.Where(document => document.Key != state.Url).All(document => document.Value.Listed is { Length: > 0 }))
        {
            loaded.Documents.Remove(state.Url);
        }
    }

    private async Task<IReadOnlyList<SitemapReference>> LoadSitemapAsync(Site site, FeedState state, SitemapReference sitemap, LoadedFeed loaded, CancellationToken cancellation)
    {
        var url = sitemap.Address.AbsoluteUri;
        var source = SourceOf(url);
        var known = state.Documents.GetValueOrDefault(url);
        try
        {
            var isUnchanged = known is not null && sitemap.Modified is { Length: > 0 } && known.Listed == sitemap.Modified && known.Kind != FeedKind.SitemapIndex;
            var feed = isUnchanged ? null : await ReadAsync(site, sitemap.Address, url, known, loaded, sitemap.Modified, cancellation);
            if (feed is null)
            {
                loaded.Kept.Add(source);
                loaded.Documents[url] = known! with { Listed = sitemap.Modified };
                loaded.HasSitemap |= known.Kind == FeedKind.Sitemap;
                return [];
            }

            if (feed.Kind == FeedKind.SitemapIndex)
            {
                loaded.IsPartial |= !feed.IsWhole;
                loaded.Documents.Remove(url);
                return feed.Sitemaps;
            }

            Take(feed, url, source, loaded);
        }
        catch (Exception failure) when (failure is FetchException or FeedFormatException)
        {
            loaded.IsPartial = true;
            loaded.Kept.Add(source);
            loaded.Errors.Add(failure is FetchException ? failure.Message : $"{url}: {failure.Message}");

            // Without this document the index is to be read again, whatever its validators say.
            loaded.Documents.Remove(state.Url);
        }

        return [];
    }

    private static void Take(Feed feed, string url, string source, LoadedFeed loaded)
    {
        if (!feed.IsWhole)
        {
            // The rest of it is to be asked for again.
            loaded.Documents.Remove(url);
        }

        loaded.Entries.AddRange(feed.Entries.Select(entry => new LoadedEntry(entry, source)));
        loaded.HasSitemap |= feed.Kind == FeedKind.Sitemap;
        loaded.IsPartial |= feed.Kind is not (FeedKind.Sitemap or FeedKind.NewsSitemap) || !feed.IsWhole;
    }

    /// <summary>The document; null when it is as it was.</summary>
    private async Task<Feed?> ReadAsync(
        Site site, Uri address, string url, DocumentState? known, LoadedFeed loaded, string? listed, CancellationToken cancellation)
    {
        var fetched = await fetcher.FetchFeedAsync(site, address, new Validators(known?.ETag, known?.LastModified), cancellation);
        if (fetched.Status == FetchStatus.Gone)
        {
            throw new FetchException($"{url} is not there (404 or 410).");
        }

        if (fetched.Status == FetchStatus.NotModified)
        {
            return known is not null ? null : throw new FetchException($"{url} answered 304 to a request without conditions.") { IsTransient = true };
        }

        var hash = Convert.ToHexStringLower(XxHash128.Hash(fetched.Content.Span));
        if (known?.Hash == hash && known.Kind != FeedKind.SitemapIndex)
        {
            return null;
        }

        var feed = FeedReader.Read(site, fetched.Content, fetched.Address, fetched.Charset);
        loaded.Documents[url] = new DocumentState(fetched.Validators.ETag, fetched.Validators.LastModified, hash, feed.Kind, listed);
        return feed;
    }
}
