using Recommender.Articles;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Fetches pages and reads the articles on them.</summary>
internal sealed class PageSource(WebFetcher fetcher)
{
    private static readonly string[] NoPages = ["image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/octet-stream"];

    /// <summary>The page's article, with a URL of the site.</summary>
    /// <exception cref="FetchException">The page may not or cannot be fetched or read.</exception>
    public async Task<PageReading> ReadAsync(Site site, Uri address, CancellationToken cancellation)
    {
        var page = await fetcher.FetchPageAsync(site, Untracked(address), cancellation);
        return page.Status == FetchStatus.Found ? Read(site, page) : new PageReading(page.Status, page.Address, null);
    }

    /// <summary>Whether a page is there, and where.</summary>
    /// <exception cref="FetchException">That cannot be found out.</exception>
    public async Task<PageReading> ProbeAsync(Site site, Uri address, CancellationToken cancellation)
    {
        var page = await fetcher.FetchPageAsync(site, address, cancellation);
        return new PageReading(page.Status, page.Address, null);
    }

    // A machine must not be counted as a reader who came from somewhere. Otherwise the address stays as it is written, for many servers redirect any other spelling.
    private static Uri Untracked(Uri address) =>
        address.Query.Split('?', '&').Any(parameter => parameter.Length > 0 && TrackingParameters.Has(Uri.UnescapeDataString(parameter.Split('=', 2)[0])))
        && CanonicalUrl.TryParse(address.AbsoluteUri, out var canonical)
            ? new Uri(canonical)
            : address;

    /// <summary>The article of a page that was fetched.</summary>
    /// <exception cref="FetchException">The page cannot be read.</exception>
    public static PageReading Read(Site site, FetchedContent page)
    {
        if (NoPages.Any(type => page.MediaType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true))
        {
            return new PageReading(page.Status, page.Address, null);
        }

        ArticleInput? input;
        try
        {
            input = PageReader.Read(site, page.Address, TextDecoding.Decode(page.Content.Span, page.Charset));
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new FetchException($"{page.Address} cannot be read: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }

        // A page may call another publication's copy the canonical one; here it is this one.
        var isOwn = input?.Url is not null && Uri.TryCreate(input.Url, UriKind.Absolute, out var canonical) && HostRules.Allows(site, canonical);
        return new PageReading(page.Status, page.Address, isOwn || input is null ? input : input with { Url = page.Address.AbsoluteUri });
    }
}

/// <summary>What became of reading a page.</summary>
/// <param name="Status">Whether it is there.</param>
/// <param name="Address">Where it was found, after redirects.</param>
/// <param name="Input">Its article; null when it is gone or holds none.</param>
internal readonly record struct PageReading(FetchStatus Status, Uri Address, ArticleInput? Input);
