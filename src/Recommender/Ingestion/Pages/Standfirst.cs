using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>The one or two sentences under the title.</summary>
internal static class Standfirst
{
    // A description that is longer holds the beginning of the story.
    private const int Longest = 600;
    private const int Shortest = 15;

    private const string Visible =
        "[itemprop~=alternativeHeadline], .dek, .standfirst, .deck, [class*=standfirst], [class*=subhead], [class*=sub-title], [class*=subtitle], [class*=article-summary], [class*=article__summary], .lead, .chapo, .bajada";

    /// <summary>What the page says of itself, first in structured data, then in meta tags, then visibly; null when nothing does.</summary>
    public static string? Of(Page page, string title)
    {
        var titleKey = Likeness.Key(title);
        var declared = new[]
            {
                page.StructuredArticle?.Text("description"),
                page.Meta.First("og:description"),
                page.Meta.First("description", "twitter:description", "sailthru.description", "dc.description", "dcterms.abstract"),
                page.Microdata?.Values("description").FirstOrDefault(),
                page.Document.QuerySelectorAll(Visible).FirstOrDefault(element => !Boilerplate.Surrounds(element))?.TextContent,
                page.StructuredArticle?.Text("alternativeHeadline", "abstract"),
            }
            .OfType<string>()
            .Select(PlainText.Line)
            .Where(text => text.Length >= Shortest && Likeness.Key(text) is var key && key != titleKey && !key.StartsWith("http", StringComparison.Ordinal))
            .ToList();
        return declared.Find(text => text.Length <= Longest) ?? (declared.Count > 0 ? Cut(declared[0]) : null);
    }

    private static string Cut(string text)
    {
        var sentence = text.LastIndexOf(". ", Longest, StringComparison.Ordinal);
        var word = text.LastIndexOf(' ', Longest);
        return sentence > Longest / 3 ? text[..(sentence + 1)] : $"{text[..(word > 0 ? word : Longest - 1)]}…";
    }
}
