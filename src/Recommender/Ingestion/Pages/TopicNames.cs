using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>What a page is filed under.</summary>
internal static partial class TopicNames
{
    private const int Longest = 60;

    private static readonly HashSet<string> Meaningless = new(StringComparer.OrdinalIgnoreCase)
    {
        "uncategorized", "uncategorised", "allgemein", "unkategorisiert", "sin categoria", "sin categoría", "non classé", "senza categoria", "sem categoria", "home", "homepage", "article", "articles",
        "geen categorie", "default", "none", "null", "n/a", "all", "front page", "frontpage",
    };

    /// <summary>Sections first, then keywords and tags, each once. Keywords for search engines and breadcrumbs count only when there is nothing else.</summary>
    public static IReadOnlyList<string> Of(Page page)
    {
        var sections = (page.StructuredArticle?.Texts("articleSection") ?? [])
            .Concat(page.Meta.Every("article:section", "og:article:section", "parsely-section", "cxenseparse:section", "dc.subject", "section"))
            .Concat(page.Microdata?.Values("articleSection") ?? [])
            .SelectMany(section => Separated(section, ';'));
        var keywords = (page.StructuredArticle?.Texts("keywords") ?? [])
            .Concat(page.Meta.Every("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "cxenseparse:keywords", "citation_keywords"))
            .Concat(page.Microdata?.Values("keywords") ?? [])
            .SelectMany(SplitKeywords);
        var visible = page.Document.QuerySelectorAll("a[rel~=tag]").Where(link => !Boilerplate.Surrounds(link)).Select(link => link.TextContent);
        var names = Clean(sections.Concat(keywords).Concat(visible), page);
        return names.Count > 0 ? names : Clean(page.Meta.Every("keywords").SelectMany(SplitKeywords).Concat(Breadcrumbs(page)), page);
    }

    private static List<string> Clean(IEnumerable<string> names, Page page)
    {
        var sites = page.SiteNames.Select(Likeness.Key).ToHashSet(StringComparer.Ordinal);
        return [.. names
            .Select(name => PlainText.Line(name).Trim('#', ' ', '"'))
            .Where(name => name.Length is > 1 and <= Longest && name.Any(char.IsLetter) && !Meaningless.Contains(name) && !Machine().IsMatch(name) && !sites.Contains(Likeness.Key(name)))
            .DistinctBy(name => Slug.From(name) ?? name, StringComparer.Ordinal)
            .Take(ArticleValidator.MaxTopics)];
    }

    private static IEnumerable<string> SplitKeywords(string text) => Separated(text, text.Contains(';', StringComparison.Ordinal) ? ';' : ',');

    private static string[] Separated(string text, char separator) => PlainText.Line(text).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Between the front page and the story itself.
    private static IEnumerable<string> Breadcrumbs(Page page)
    {
        var steps = page.JsonLd.Nodes.FirstOrDefault(node => node.Types.Contains("BreadcrumbList")).Source is null
            ? []
            : page.JsonLd.Nodes.First(node => node.Types.Contains("BreadcrumbList")).Nodes("itemListElement").Select(step => step.Text("name") ?? step.Text("item")).OfType<string>().ToList();
        return steps.Count > 2 ? steps[1..^1] : [];
    }

    // "type:story", "id=12", "/world/asia": for programs.
    [GeneratedRegex(@"^[\w.\- ]{1,30}[:=]\S|^\S*/\S*/|^https?:|[{}<>|_]{1}\w*[{}<>|_]")]
    private static partial Regex Machine();
}
