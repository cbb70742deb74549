using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>HTML from a feed, read once: its prose, what it links to, and its first picture.</summary>
/// <param name="Text">Plain text with blank lines between paragraphs, escaped so that it stays text.</param>
/// <param name="Links">Absolute addresses, in order.</param>
/// <param name="Image">The first image that is one to look at, not a tracking pixel.</param>
internal sealed partial record FeedContent(string Text, IReadOnlyList<string> Links, ArticleImage? Image)
{
    private const int MaxLength = 1_500_000;
    private const int MaxTags = 60_000;
    private const int MaxDepth = 400;
    private const int MaxPixel = 31;

    /// <summary>No content.</summary>
    public static FeedContent Empty { get; } = new("", [], null);

    /// <summary>Reads HTML or plain text; addresses are relative to <paramref name="parent"/>.</summary>
    public static FeedContent Read(string? html, Uri? parent)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return Empty;
        }

        html = html.Length > MaxLength ? html[..MaxLength] : html;
        if (IsHostile(html))
        {
            html = AnyTag().Replace(html, "\n\n");
        }

        var (text, links) = PlainText.Body(html);
        return new FeedContent(
            FeedText.Escape(FeedText.Prose(text)),
            [.. links.Select(link => FeedBase.Resolve(parent, link)?.AbsoluteUri).OfType<string>()],
            html.Contains("<img", StringComparison.OrdinalIgnoreCase) ? FirstImage(html, parent) : null);
    }

    private static ArticleImage? FirstImage(string html, Uri? parent)
    {
        foreach (var element in new HtmlParser().ParseDocument(html).QuerySelectorAll("img"))
        {
            var (width, height) = (Pixels(element.GetAttribute("width")), Pixels(element.GetAttribute("height")));
            if (width is <= MaxPixel || height is <= MaxPixel)
            {
                continue;
            }

            var address = new[] { element.GetAttribute("src"), element.GetAttribute("data-src") }
                .Select(source => FeedBase.Resolve(parent, source)).FirstOrDefault(uri => uri is not null && FeedImages.IsPicture(uri));
            if (address is not null)
            {
                return new ArticleImage(address.AbsoluteUri, FeedText.Title(element.GetAttribute("alt")) ?? "", width, height);
            }
        }

        return null;
    }

    private static int? Pixels(string? text) =>
        int.TryParse(text?.Replace("px", "", StringComparison.Ordinal).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) ? pixels : null;

    // Parsing takes time that grows with the square of the depth.
    private static bool IsHostile(string html)
    {
        var (tags, depth) = (0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            tags++;
            var next = html[at + 1];
            depth += next == '/' ? -1 : char.IsAsciiLetter(next) && !Void().IsMatch(html, at) ? 1 : 0;
            if (tags > MaxTags || depth > MaxDepth)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex AnyTag();

    // Elements that have no end tag, or whose end tag HTML lets one leave out.
    [GeneratedRegex(@"\G<(?:br|hr|img|wbr|input|p|li|td|tr|th|dt|dd|option|source|meta|link)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Void();
}
