using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>The dates that readers see at the head of an article, and not those of teasers and comments.</summary>
internal static partial class VisibleDate
{
    // How far around the heading its header may reach.
    private const int MaxClimb = 5;
    private const int MaxElements = 400;

    /// <summary>Texts of dates of publication and of change, best first.</summary>
    public static (IReadOnlyList<string> Published, IReadOnlyList<string> Updated) Of(Page page)
    {
        var (published, updated) = (new List<string>(), new List<string>());
        foreach (var element in Around(page))
        {
            var text = element.GetAttribute("datetime") is { Length: > 0 } attribute ? attribute : element.TextContent;
            if (text.Length is 0 or > 200)
            {
                continue;
            }

            var marks = $"{element.ClassName} {element.GetAttribute("itemprop")} {element.ParentElement?.ClassName} {Lead(element)}";
            (UpdatedWords().IsMatch(marks) ? updated : published).Add(text);
        }

        return (published, updated);
    }

    private static List<IElement> Around(Page page)
    {
        var seen = new HashSet<IElement>();
        if (page.Heading is null || page.IsFlat)
        {
            return [.. page.Document.QuerySelectorAll("time").Where(element => IsOwn(element, page.Heading)).Take(page.Heading is null ? 0 : 1)];
        }

        var found = new List<IElement>();
        IElement? scope = page.Heading;
        for (var climb = 0; climb < MaxClimb && scope is not null && scope.LocalName is not ("body" or "html"); climb++, scope = scope.ParentElement)
        {
            foreach (var element in Candidates(scope).Where(seen.Add).Where(element => IsOwn(element, page.Heading)))
            {
                found.Add(element);
            }

            if (found.Count > 0)
            {
                break;
            }
        }

        return found;
    }

    private static IEnumerable<IElement> Candidates(IElement scope) => scope.QuerySelectorAll("time").Concat(scope.QuerySelectorAll(
        ".date, .published, .entry-date, .post-date, .posted-on, .dateline, .timestamp, .pubdate, .publish-date, .published-date, .article-date, .article__date, .meta-date, [class*=pub-date], [class*=publishdate], [class*=publish-date]"))
        .Take(MaxElements);

    // Within the article with the heading, and in no teaser, comment, aside or footer.
    private static bool IsOwn(IElement element, IElement? heading)
    {
        if (Boilerplate.Surrounds(element))
        {
            return false;
        }

        var article = element.Closest("article");
        return article is null || heading is null || article.Contains(heading) || article.QuerySelector("h1, h2, h3, h4") is null;
    }

    private static string Lead(IElement element) => element.PreviousSibling?.TextContent.Trim() is { Length: > 0 and < 60 } before ? before : "";

    [GeneratedRegex(@"\b(?:updated?|modified|last-?modified|datemodified|actualizado|aktualisiert|mis à jour|aggiornato|atualizado|bijgewerkt|uppdaterad|oppdatert)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UpdatedWords();
}
