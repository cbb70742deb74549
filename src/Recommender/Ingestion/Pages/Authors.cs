using System.Text.Json;
using AngleSharp.Dom;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Who wrote a page.</summary>
internal static class Authors
{
    private const int LongestByline = 250;

    private const string Visible =
        "[rel~=author], [itemprop~=author], .byline, .by-line, .author-name, .author__name, .byline__name, .post-author, .entry-author, .article-author, .author, [class*=byline], address, .contributor";

    /// <summary>Names from JSON-LD, else meta tags, else microdata, else a visible byline. The site's own name counts only when there is no other.</summary>
    public static IReadOnlyList<string> Of(Page page)
    {
        var sites = page.SiteNames.Select(Likeness.Key).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> site = [];
        foreach (var names in Rungs(page))
        {
            var people = names.Where(name => !sites.Contains(Likeness.Key(name))).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (people.Count > 0)
            {
                return people;
            }

            site = site.Count > 0 ? site : [.. names.Take(1)];
        }

        return site;
    }

    private static IEnumerable<List<string>> Rungs(Page page)
    {
        yield return [.. (page.StructuredArticle?.Values("author") ?? []).SelectMany(Structured)];
        yield return [.. (page.StructuredArticle?.Values("creator") ?? []).SelectMany(Structured)];
        yield return [.. page.Meta.Every("parsely-author").SelectMany(Byline.Names)];
        yield return [.. page.Meta.Every("author").SelectMany(Byline.Names)];
        yield return [.. page.Meta.Every("article:author", "og:article:author", "sailthru.author", "cxenseparse:author", "dc.creator", "dcterms.creator", "byl", "article:author_name").SelectMany(Byline.Names)];
        yield return [.. page.Meta.Every("citation_author").SelectMany(FamilyNameFirst)];
        yield return [.. (page.Microdata?.Values("author") ?? []).SelectMany(Byline.Names)];
        var heading = page.Heading;
        foreach (var element in page.Document.QuerySelectorAll(Visible).Where(element => !Boilerplate.Surrounds(element, isByline: true)).Take(20))
        {
            var text = element.TextContent;
            if (text.Length <= LongestByline && (heading is null || !element.Contains(heading)))
            {
                yield return [.. Byline.Names(text)];
            }
        }
    }

    private static IEnumerable<string> Structured((JsonLdNode Node, JsonElement Value) author)
    {
        var text = author.Node.TextOf(author.Value);
        if (text is null || text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        return new JsonLdNode(author.Node.Source, author.Value).Types.Contains("Organization") ? [PlainText.Line(text)] : Byline.Names(text);
    }

    private static IEnumerable<string> FamilyNameFirst(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries) is [var family, var given] ? [$"{given} {family}"] : Byline.Names(text);
}
