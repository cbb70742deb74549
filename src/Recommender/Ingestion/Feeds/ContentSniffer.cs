using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Feeds;

/// <summary>What some text turns out to be.</summary>
public enum SniffedKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>RSS, Atom, a sitemap or an index of them.</summary>
    XmlFeed,

    /// <summary>A JSON Feed.</summary>
    JsonFeed,

    /// <summary>Other JSON: articles, one a line or in a list.</summary>
    Json,

    /// <summary>An HTML page.</summary>
    Html,
}

/// <summary>Tells by its beginning what some text is, because content types and file names do not.</summary>
public static partial class ContentSniffer
{
    private const int Looked = 64 * 1024;

    /// <summary>What <paramref name="text"/>, or the text that begins with it, is.</summary>
    public static SniffedKind Sniff(ReadOnlySpan<char> text)
    {
        var start = text[..Math.Min(text.Length, Looked)].TrimStart(" \t\r\n\ufeff\0");
        if (start.StartsWith("{"))
        {
            return JsonFeedVersion().IsMatch(start) ? SniffedKind.JsonFeed : SniffedKind.Json;
        }

        if (start.StartsWith("["))
        {
            return SniffedKind.Json;
        }

        foreach (var match in Root().EnumerateMatches(start))
        {
            var name = start.Slice(match.Index + 1, match.Length - 1);
            var local = name[(name.IndexOf(':') + 1)..];
            if (Is(local, "rss") || Is(local, "rdf") || Is(local, "feed") || Is(local, "urlset") || Is(local, "sitemapindex") || Is(local, "channel"))
            {
                return SniffedKind.XmlFeed;
            }

            if (Is(name, "html") || Is(name, "!doctype html") || Is(name, "head") || Is(name, "body"))
            {
                return SniffedKind.Html;
            }
        }

        return SniffedKind.Unknown;
    }

    private static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"<(?:!doctype html|(?:[a-z][\w.-]{0,30}:)?(?:rss|rdf|feed|urlset|sitemapindex|channel|html|head|body))(?=[\s/>])", RegexOptions.IgnoreCase)]
    private static partial Regex Root();

    [GeneratedRegex(@"""version""\s*:\s*""https?:\\?/\\?/(?:www\.)?jsonfeed\.org", RegexOptions.IgnoreCase)]
    private static partial Regex JsonFeedVersion();
}
