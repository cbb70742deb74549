using System.Net;
using AngleSharp.Dom;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads Atom 1.0 and 0.3.</summary>
internal static class AtomReader
{
    private const string BloggerKind = "#kind";

    public static Feed Read(Site site, IElement root, Uri? address)
    {
        var head = FeedFields.Of(root);
        var place = address ?? FeedBase.Resolve(null, head.All("link").FirstOrDefault(link => link.GetAttribute("rel") == "self")?.GetAttribute("href"));
        var parent = FeedBase.Resolve(FeedBase.Of(root, place), Alternate(head)) ?? place;
        var authors = Authors(head);
        var entries = root.GetElementsByTagName("*").Where(element => FeedNames.Local(element) == "entry");
        return new Feed
        {
            Kind = FeedKind.Atom,
            Title = head.First("title") is { } title ? FeedText.Title(Text(title)) : null,
            Updated = FeedDates.Parse(head.Text("updated", "modified"), site.TimeZone),
            Entries = [.. entries.Select((entry, index) => ReadEntry(site, entry, index + 1, parent, authors))],
        };
    }

    private static FeedEntry ReadEntry(Site site, IElement element, int number, Uri? feed, IReadOnlyList<string>? feedAuthors)
    {
        var entry = FeedFields.Of(element);
        var parent = FeedBase.Of(element, feed);
        var content = entry.First("content");
        return new FeedItem
        {
            Link = Link(entry, parent),
            Title = entry.First("title", "media:title") is { } title ? Text(title) : null,
            SummaryHtml = entry.First("summary", "media:description") is { } summary ? Text(summary) : null,
            ContentHtml = content is null ? null : Text(content),
            Published = entry.All("published", "issued", "created", "dc:date", "pubDate").Select(FeedFields.TextOf),
            Updated = entry.All("updated", "modified").Select(FeedFields.TextOf),
            Topics = FeedTopics.Of(entry.All("category", "dc:subject").Select(Category), entry.All("media:keywords").Select(FeedFields.TextOf)),
            Authors = Authors(entry) ?? feedAuthors,
            Image = FeedImages.Of(entry, content is null ? parent : FeedBase.Of(content, feed)),
            Language = Language(element),
        }.ToEntry(site, number, content is null ? parent : FeedBase.Of(content, feed));
    }

    private static Uri? Link(FeedFields entry, Uri? parent) =>
        FeedBase.Resolve(parent, entry.Text("feedburner:origLink"))
        ?? FeedBase.Resolve(parent, Alternate(entry))
        ?? FeedBase.Resolve(parent, entry.First("content")?.GetAttribute("src"))
        ?? entry.All("link").Select(FeedFields.TextOf).Select(text => FeedBase.Resolve(parent, text)).FirstOrDefault(link => link is not null)
        ?? FeedBase.Resolve(null, entry.Text("id"));

    private static string? Alternate(FeedFields fields)
    {
        var links = fields.All("link").Where(link => link.GetAttribute("href") is { Length: > 0 } && link.GetAttribute("rel") is null or "" or "alternate").ToList();
        return (links.Find(link => link.GetAttribute("type") is null or "text/html" or "application/xhtml+xml") ?? links.FirstOrDefault())?.GetAttribute("href");
    }

    /// <summary>An Atom text construct as HTML: plain text is escaped, XHTML is written as HTML, HTML stays; Atom 0.3 says the same with other words.</summary>
    private static string Text(IElement element)
    {
        var type = element.GetAttribute("type")?.Trim().ToLowerInvariant() ?? "";
        if (element.Children.Any(child => !FeedFields.IsItem(child)))
        {
            return FeedFields.HtmlOf(element);
        }

        var text = FeedFields.TextOf(element);
        var isHtml = type.Contains("html", StringComparison.Ordinal) || "escaped".Equals(element.GetAttribute("mode"), StringComparison.OrdinalIgnoreCase);
        return isHtml || !text.Contains('<', StringComparison.Ordinal) || LooksLikeMarkup(text) ? text : WebUtility.HtmlEncode(text);
    }

    // Many write HTML under a type that says text.
    private static bool LooksLikeMarkup(string text) => text.Contains("</", StringComparison.Ordinal) || text.Contains("/>", StringComparison.Ordinal);

    private static IReadOnlyList<string>? Authors(FeedFields fields) => FeedAuthors.Of(fields.All("author")
        .SelectMany(author => author.ChildElementCount == 0
            ? [FeedFields.TextOf(author)]
            : author.Children.Where(child => FeedNames.Local(child) == "name").Select(FeedFields.TextOf))
        .Concat(fields.All("dc:creator").Select(FeedFields.TextOf)));

    private static string? Category(IElement category) =>
        category.GetAttribute("scheme")?.EndsWith(BloggerKind, StringComparison.Ordinal) == true ? null
        : category.GetAttribute("label") is { Length: > 0 } label ? label
        : category.GetAttribute("term") is { Length: > 0 } term ? term
        : FeedFields.TextOf(category);

    private static string? Language(IElement? element)
    {
        for (; element is not null; element = element.ParentElement)
        {
            if (element.GetAttribute("xml:lang") is { Length: > 0 } language)
            {
                return language;
            }
        }

        return null;
    }
}
