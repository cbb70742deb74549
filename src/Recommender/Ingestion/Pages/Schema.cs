namespace Recommender.Ingestion.Pages;

/// <summary>The schema.org types that matter here.</summary>
internal static class Schema
{
    private static readonly HashSet<string> Articles = new(StringComparer.OrdinalIgnoreCase)
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
        "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "TechArticle", "SocialMediaPosting", "BlogPosting", "LiveBlogPosting",
        "DiscussionForumPosting", "Report", "Review", "CriticReview", "PressRelease",
    };

    private static readonly HashSet<string> Listings = new(StringComparer.OrdinalIgnoreCase) { "CollectionPage", "SearchResultsPage", "ProfilePage", "Blog" };

    private static readonly HashSet<string> Pages = new(StringComparer.OrdinalIgnoreCase) { "WebPage", "ItemPage", "MedicalWebPage", "AboutPage", "FAQPage" };

    /// <summary>Whether a type is an article of some kind.</summary>
    public static bool IsArticle(string type) => Articles.Contains(type);

    /// <summary>Whether a type is a page that lists others.</summary>
    public static bool IsListing(string type) => Listings.Contains(type);

    /// <summary>Whether a type is a page as such.</summary>
    public static bool IsPage(string type) => Pages.Contains(type);
}
