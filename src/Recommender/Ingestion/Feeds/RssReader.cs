using AngleSharp.Dom;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads RSS 0.9x, 1.0 (RDF) and 2.0 with the modules that publishers use.</summary>
internal static class RssReader
{
    private static readonly string[] ChannelDates = ["lastBuildDate", "pubDate", "dc:date"];

    public static Feed Read(Site site, IElement root, Uri? address)
    {
        var channel = FeedNames.Local(root) == "channel" ? root : root.Children.FirstOrDefault(child => FeedNames.Local(child) == "channel") ?? root;
        var head = FeedFields.Of(channel);
        var self = head.All("atom:link").FirstOrDefault(link => link.GetAttribute("rel") == "self")?.GetAttribute("href");
        var place = address ?? FeedBase.Resolve(null, self);
        var parent = FeedBase.Resolve(place, head.Text("link")) ?? place;
        var language = head.Text("language", "dc:language") ?? root.GetAttribute("xml:lang");

        // RDF has its items beside the channel, and an unclosed tag may hide items in other items.
        var items = root.GetElementsByTagName("*").Where(element => FeedNames.Local(element) == "item" && FeedNames.Of(element) is "item");
        return new Feed
        {
            Kind = FeedKind.Rss,
            Title = FeedText.Title(head.Text("title")),
            Updated = ChannelDates.Select(name => FeedDates.Parse(head.Text(name), site.TimeZone)).FirstOrDefault(date => date is not null),
            Entries = [.. items.Select((item, index) => ReadItem(site, item, index + 1, parent, language))],
        };
    }

    private static FeedEntry ReadItem(Site site, IElement element, int number, Uri? feed, string? language)
    {
        var item = FeedFields.Of(element);
        var parent = FeedBase.Of(element, feed);
        var content = item.All("content:encoded", "xhtml:body", "body", "fulltext", "full-text", "content", "xhtml:div")
            .Select(FeedFields.HtmlOf).MaxBy(html => html.Length);
        return new FeedItem
        {
            Link = Link(element, item, parent),
            Title = item.Text("title", "dc:title", "media:title"),
            SummaryHtml = item.All("description", "summary", "dc:description", "itunes:summary").Select(FeedFields.HtmlOf).FirstOrDefault(html => !string.IsNullOrWhiteSpace(html)),
            ContentHtml = content,
            Published = item.All("pubDate", "pubdate", "dc:date", "published", "dcterms:issued", "dcterms:created", "date", "issued").Select(FeedFields.TextOf),
            Updated = item.All("updated", "dcterms:modified", "modified", "dc:modified", "lastmod").Select(FeedFields.TextOf),
            Topics = FeedTopics.Of(
                item.All("category", "dc:subject").Select(FeedFields.TextOf),
                item.All("media:keywords", "itunes:keywords", "keywords", "tags").Select(FeedFields.TextOf)),
            Authors = FeedAuthors.Of(item.All("dc:creator").Concat(item.All("author", "itunes:author").Where(author => author.ChildElementCount == 0)).Select(FeedFields.TextOf)
                .Concat(item.All("author").SelectMany(author => author.Children.Where(child => FeedNames.Local(child) == "name").Select(FeedFields.TextOf)))),
            Image = FeedImages.Of(item, parent),
            Language = item.Text("dc:language", "language") ?? element.GetAttribute("xml:lang") ?? language,
        }.ToEntry(site, number, parent);
    }

    private static Uri? Link(IElement element, FeedFields item, Uri? parent)
    {
        var original = item.Text("feedburner:origLink", "pheedo:origLink");
        var alternate = item.All("link").FirstOrDefault(link => link.GetAttribute("href") is { Length: > 0 } && link.GetAttribute("rel") is null or "" or "alternate")?.GetAttribute("href");
        var guid = item.First("guid");
        var id = guid is null ? null : FeedFields.TextOf(guid);
        var permalink = "true".Equals(guid?.GetAttribute("isPermaLink") ?? "true", StringComparison.OrdinalIgnoreCase) ? id : null;
        var links = item.All("link").Select(FeedFields.TextOf).Where(text => text.Length > 0);
        return links.Prepend(original).Append(alternate).Select(link => FeedBase.Resolve(parent, link)).FirstOrDefault(link => link is not null)
            ?? (LooksLikeAddress(permalink) ? FeedBase.Resolve(parent, permalink) : null)
            ?? FeedBase.Resolve(null, element.GetAttribute("rdf:about"))
            ?? FeedBase.Resolve(null, id);
    }

    private static bool LooksLikeAddress(string? text) => text is { Length: > 0 } && (text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal));
}
