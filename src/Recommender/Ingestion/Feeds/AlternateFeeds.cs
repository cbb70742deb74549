using AngleSharp.Html.Parser;

namespace Recommender.Ingestion.Feeds;

/// <summary>Finds the feeds that an HTML page names, for whoever gave the page's address instead of theirs.</summary>
internal static class AlternateFeeds
{
    private const int Looked = 256 * 1024;
    private const int Most = 5;

    /// <summary>Says that the content is a page, and which feeds it names.</summary>
    public static string Describe(string html, Uri? address)
    {
        var feeds = Find(html, address);
        return feeds.Count == 0
            ? "It is an HTML page, not a feed, and names no feed."
            : $"It is an HTML page, not a feed; it names {(feeds.Count == 1 ? "this feed" : "these feeds")}: {string.Join(", ", feeds)}";
    }

    private static List<string> Find(string html, Uri? address)
    {
        using var document = new HtmlParser().ParseDocument(Head(html));
        var parent = FeedBase.Resolve(address, document.QuerySelector("base")?.GetAttribute("href")) ?? address;
        return document.QuerySelectorAll("link[rel][href][type]")
            .Where(link => link.GetAttribute("rel")!.Split(' ').Contains("alternate", StringComparer.OrdinalIgnoreCase)
                && link.GetAttribute("type")!.Trim().ToLowerInvariant() is "application/rss+xml" or "application/atom+xml" or "application/feed+json" or "application/rdf+xml")
            .Select(link => FeedBase.Resolve(parent, link.GetAttribute("href"))?.AbsoluteUri ?? link.GetAttribute("href")!)
            .Distinct(StringComparer.Ordinal)
            .Take(Most)
            .ToList();
    }

    // The body is not looked at: it can be as deep as its sender likes.
    private static string Head(string html)
    {
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        return html[..Math.Min(body < 0 ? html.Length : body, Looked)];
    }
}
