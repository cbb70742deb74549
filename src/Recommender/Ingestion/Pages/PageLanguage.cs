using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>The language of a page.</summary>
internal static partial class PageLanguage
{
    /// <summary>A BCP 47 tag in lower case from the <c>html</c> element, JSON-LD, OpenGraph or other meta tags; null when none is there or valid.</summary>
    public static string? Of(Page page) => new[]
        {
            page.Document.DocumentElement?.GetAttribute("lang"),
            page.Document.DocumentElement?.GetAttribute("xml:lang"),
            page.StructuredArticle?.Values("inLanguage").Select(one => new JsonLdNode(page.JsonLd, one.Value).Text("alternateName") ?? one.Node.TextOf(one.Value)).FirstOrDefault(),
            page.Microdata?.Values("inLanguage").FirstOrDefault(),
            page.Meta.First("og:locale"),
            page.Meta.First("content-language", "dc.language", "dcterms.language", "language"),
        }
        .Select(text => text?.Trim().Replace('_', '-').ToLowerInvariant())
        .FirstOrDefault(tag => tag is not null && Tag().IsMatch(tag));

    [GeneratedRegex("^(?!mul|und|zxx|xx|x-)[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$")]
    private static partial Regex Tag();
}
