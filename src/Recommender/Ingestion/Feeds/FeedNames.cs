using AngleSharp.Dom;

namespace Recommender.Ingestion.Feeds;

/// <summary>
/// One name for an element however its feed spells it: the customary prefix of its namespace and its local name. Feeds leave namespaces undeclared and misspell them, so a
/// prefix counts where the namespace is not known; the namespaces of RSS and sitemaps have none.
/// </summary>
internal static class FeedNames
{
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["purl.org/rss/1.0"] = "",
        ["purl.org/net/rss1.1"] = "",
        ["my.netscape.com/rdf/simple/0.9"] = "",
        ["channel.netscape.com/rdf/simple/0.9"] = "",
        ["backend.userland.com/rss2"] = "",
        ["www.sitemaps.org/schemas/sitemap/0.9"] = "",
        ["www.google.com/schemas/sitemap/0.84"] = "",
        ["www.w3.org/2005/atom"] = "atom",
        ["purl.org/atom/ns"] = "atom",
        ["purl.org/rss/1.0/modules/content"] = "content",
        ["purl.org/dc/elements/1.1"] = "dc",
        ["purl.org/dc/elements/1.0"] = "dc",
        ["purl.org/dc/terms"] = "dcterms",
        ["search.yahoo.com/mrss"] = "media",
        ["www.rssboard.org/media-rss"] = "media",
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["rssnamespace.org/feedburner/ext/1.0"] = "feedburner",
        ["www.google.com/schemas/sitemap-news/0.9"] = "news",
        ["www.google.com/schemas/sitemap-image/1.1"] = "image",
        ["www.w3.org/1999/xhtml"] = "xhtml",
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = "rdf",
    };

    /// <summary>Such as <c>title</c>, <c>atom:link</c>, <c>media:content</c>.</summary>
    public static string Of(IElement element)
    {
        var prefix = element.NamespaceUri is { Length: > 0 } uri && Prefixes.TryGetValue(Normal(uri), out var known)
            ? known
            : element.Prefix?.ToLowerInvariant();
        return string.IsNullOrEmpty(prefix) ? element.LocalName : $"{prefix}:{element.LocalName}";
    }

    /// <summary>The local name in lower case, when only that matters.</summary>
    public static string Local(IElement element) => element.LocalName.ToLowerInvariant();

    private static string Normal(string uri)
    {
        uri = uri.Trim().ToLowerInvariant().TrimEnd('/', '#');
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? uri : uri[(scheme + 3)..];
    }
}
