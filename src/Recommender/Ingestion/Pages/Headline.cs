using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>The article's title, without what templates add to it.</summary>
internal static partial class Headline
{
    /// <summary>The title of a page; null when it has none.</summary>
    /// <param name="page">The page.</param>
    /// <param name="authors">Its authors, whose names titles may carry.</param>
    /// <param name="topics">Its topics, whose names titles may carry.</param>
    public static string? Of(Page page, IReadOnlyList<string> authors, IReadOnlyList<string> topics)
    {
        var heading = Line(page.Heading?.TextContent);
        string?[] declared =
        [
            page.StructuredArticle?.Text("headline", "name"),
            page.Meta.First("og:title", "parsely-title", "sailthru.title", "cxenseparse:title", "citation_title"),
            page.Microdata?.Values("headline").FirstOrDefault(),
            page.Meta.First("twitter:title", "dc.title", "dcterms.title"),
            heading,
            page.Document.QuerySelector("title")?.TextContent,
        ];
        var trim = new TitleTrim([.. page.SiteNames], authors, topics, heading);
        var title = declared.Select(text => trim.Apply(Line(text))).FirstOrDefault(text => text.Any(char.IsLetterOrDigit) && !trim.IsSiteName(text));
        return title is null ? null : Whole(title, heading, trim.Apply(Line(page.Meta.First("og:title"))));
    }

    // Structured data is often cut to the 110 characters that one search engine shows.
    private static string Whole(string title, params ReadOnlySpan<string> longer)
    {
        if (!Ellipsis().IsMatch(title))
        {
            return Cut(title);
        }

        var start = Ellipsis().Replace(title, "");
        foreach (var candidate in longer)
        {
            if (candidate.Length >= title.Length && candidate.StartsWith(start, StringComparison.OrdinalIgnoreCase) && !Ellipsis().IsMatch(candidate))
            {
                return Cut(candidate);
            }
        }

        return Cut(title);
    }

    private static string Line(string? text) => PlainText.Line(text ?? "");

    private static string Cut(string title) => title.Length <= ArticleValidator.MaxTitle ? title : title[..Math.Max(ArticleValidator.MaxTitle / 2, title.LastIndexOf(' ', ArticleValidator.MaxTitle - 1))];

    [GeneratedRegex(@"\s*(?:\.\.\.|…)$")]
    private static partial Regex Ellipsis();
}
