using System.Globalization;

namespace Recommender.Ingestion.Pages;

/// <summary>When a page was published and changed, by a ladder of what is most often true.</summary>
internal static class PublicationDate
{
    private static readonly string[] PublishedTags =
    [
        "article:published_time", "og:article:published_time", "article:published", "og:published_time", "rnews:datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime", "article.published", "article_date_original", "originalpublicationdate", "datepublished", "date_published", "publication_date", "publicationdate",
        "citation_publication_date", "citation_online_date", "citation_date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "pubdate", "publishdate",
        "publish-date", "publish_date", "bt:pubdate", "vr:published_time", "ptime", "displaydate", "date",
    ];

    private static readonly string[] UpdatedTags =
    [
        "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article:updated_time", "revised",
    ];

    /// <summary>
    /// Both as ISO 8601 in UTC, or null. For publication: JSON-LD <c>datePublished</c>, meta tags, microdata, a <c>time</c> element or a date in words in the article's header, the URL,
    /// and JSON-LD <c>dateCreated</c> last. A rung that gives only a day is made precise by a lower one that gives a time of that day.
    /// </summary>
    public static (string? Published, string? Updated) Of(Page page)
    {
        var visible = VisibleDate.Of(page);
        var webPage = page.StructuredArticle is null && page.JsonLd.Nodes.Any(node => node.Types.Any(Schema.IsListing)) ? null : (JsonLdNode?)page.JsonLd.Nodes.FirstOrDefault(node => node.Types.Any(Schema.IsPage));
        var published = Instant(page,
        [
            page.StructuredArticle?.Text("datePublished"),
            .. page.Meta.Every(PublishedTags),
            .. page.Microdata?.Values("datePublished") ?? [],
            webPage?.Text("datePublished"),
            .. visible.Published,
            UrlDate.Of(page.Address) ?? UrlDate.Of(page.Url.AbsoluteUri),
            page.StructuredArticle?.Text("uploadDate", "dateCreated"),
            page.Microdata?.Values("dateCreated").FirstOrDefault(),
        ]);
        var updated = Instant(page,
        [
            page.StructuredArticle?.Text("dateModified"),
            .. page.Meta.Every(UpdatedTags),
            .. page.Microdata?.Values("dateModified") ?? [],
            .. visible.Updated,
        ]);
        return (Text(published), Text(updated > published || published is null ? updated : null));
    }

    private static DateTimeOffset? Instant(Page page, IEnumerable<string?> candidates)
    {
        (DateTimeOffset Instant, bool HasTime)? first = null;
        foreach (var candidate in candidates)
        {
            if (!PageDate.TryParse(candidate, page.Site.TimeZone, PageLanguage.Of(page) ?? page.Site.Language, out var date))
            {
                continue;
            }

            first ??= date;
            if (first.Value.HasTime)
            {
                break;
            }

            if (date.HasTime && Day(page, date.Instant) == Day(page, first.Value.Instant))
            {
                return date.Instant;
            }
        }

        return first?.Instant;
    }

    private static DateTime Day(Page page, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, page.Site.TimeZone).Date;

    private static string? Text(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);
}
