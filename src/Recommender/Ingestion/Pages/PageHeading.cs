using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>Which heading of a page is the article's.</summary>
internal static class PageHeading
{
    private const int MaxHeadings = 50;

    /// <summary>The <c>h1</c> that agrees with what the page calls itself; else the first in an article; else the first that is not the site's name. Null when there is none.</summary>
    public static IElement? Of(Page page)
    {
        var headings = page.Document.QuerySelectorAll("h1, [itemprop~=headline]").Where(heading => heading.LocalName != "meta").Take(MaxHeadings)
            .Select(heading => (Element: heading, Key: Likeness.Key(heading.TextContent)))
            .Where(heading => heading.Key.Length > 0)
            .ToList();
        var titles = new[] { page.StructuredArticle?.Text("headline", "name"), page.Meta.First("og:title", "twitter:title", "parsely-title"), page.Document.QuerySelector("title")?.TextContent }
            .OfType<string>().Select(Likeness.Key).Where(title => title.Length > 0).ToList();
        var sites = page.SiteNames.Select(Likeness.Key).ToHashSet(StringComparer.Ordinal);
        headings.RemoveAll(heading => sites.Contains(heading.Key));
        return headings.Find(heading => titles.Contains(heading.Key)).Element
            ?? headings.Find(heading => heading.Key.Length > 10 && titles.Exists(title => title.Contains(heading.Key, StringComparison.Ordinal) || heading.Key.Contains(title, StringComparison.Ordinal))).Element
            ?? headings.Find(heading => heading.Element.Closest("article, main, [role=main]") is not null).Element
            ?? headings.FirstOrDefault().Element;
    }
}
