namespace Recommender.Ingestion.Pages;

/// <summary>Whether a page holds an article at all.</summary>
internal static class ArticleSigns
{
    // A few sentences; a page that claims to be an article may have as little as a description, as one with a video has.
    private const int FewWords = 250;
    private const int ManyWords = 600;
    private const int Teasers = 4;

    /// <summary>Whether the page can be an article, judged before its body is known.</summary>
    public static bool CanBe(Page page) => !PageAddress.IsFrontPage(new Uri(page.Address)) && (page.StructuredArticle is not null || !IsListing(page));

    /// <summary>Whether the page is an article.</summary>
    public static bool Has(Page page, bool hasDate, string body, string? dek)
    {
        var isMarked = IsMarked(page);
        return isMarked ? body.Length > 0 || dek is not null
            : hasDate ? body.Length >= FewWords
            : body.Length >= ManyWords && page.Meta.First("og:type")?.ToLowerInvariant() is not "website";
    }

    private static bool IsMarked(Page page) => page.StructuredArticle is not null || page.Microdata is not null
        || (page.Meta.First("og:type")?.ToLowerInvariant() is "article" or "news" or "news.article" or "blog" && !IsListing(page))
        || page.Meta.First("parsely-type")?.ToLowerInvariant() is "post" or "article";

    private static bool IsListing(Page page) => page.Meta.First("parsely-type")?.ToLowerInvariant() is "sectionpage" or "frontpage" or "index"
        || page.JsonLd.Nodes.Any(node => node.Types.Any(Schema.IsListing))
        || (page.Microdata is null && page.Document.QuerySelectorAll("article").Count(article => (page.Heading is null || !article.Contains(page.Heading)) && article.QuerySelector("h2 a[href], h3 a[href], a[href] h2, a[href] h3") is not null) >= Teasers
            && !page.Document.QuerySelectorAll("article").Any(article => page.Heading is not null && article.Contains(page.Heading)));
}
