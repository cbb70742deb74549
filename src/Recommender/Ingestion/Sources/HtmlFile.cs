using AngleSharp.Html.Parser;
using Recommender.Ingestion.Feeds;
using Recommender.Sites;

namespace Recommender.Ingestion.Sources;

/// <summary>An article in a saved HTML page, whose URL only the page itself can tell.</summary>
internal static class HtmlFile
{
    private const int Looked = 512 * 1024;

    /// <summary>Reads a page.</summary>
    public static SourceItem Read(Site site, string html, string place)
    {
        if (AddressOf(html) is not { } address)
        {
            return new SourceItem(place, null, "The page does not say its URL: it has neither a canonical link nor og:url.");
        }

        try
        {
            return PageReader.Read(site, address, html) is { } input
                ? new SourceItem(place, input with { Url = input.Url ?? address.AbsoluteUri }, null)
                : new SourceItem(place, null, "The page holds no article.");
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            return new SourceItem(place, null, "The page cannot be read: " + failure.Message.ReplaceLineEndings(" "));
        }
    }

    private static Uri? AddressOf(string html)
    {
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        using var head = new HtmlParser().ParseDocument(html[..Math.Min(body < 0 ? html.Length : body, Looked)]);
        return FeedBase.Resolve(null, head.QuerySelector("link[rel~=canonical i]")?.GetAttribute("href"))
            ?? FeedBase.Resolve(null, head.QuerySelector("meta[property='og:url'], meta[name='og:url']")?.GetAttribute("content"));
    }
}
