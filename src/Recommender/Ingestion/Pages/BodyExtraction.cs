using AngleSharp.Dom;
using Recommender.Articles;
using SmartReader;

namespace Recommender.Ingestion.Pages;

/// <summary>Finds a page's text and the links in it. It takes the page's tree apart, so it comes last.</summary>
internal static class BodyExtraction
{
    // Less than this is a caption or a description.
    private const int Enough = 250;

    // SmartReader takes 0.9 s for 10,000 elements and 4.5 s for 40,000; pages of newspapers have 1,000 to 6,000, and fewer once boilerplate is out.
    private const int MaxElements = 10_000;

    private static readonly TimeSpan MaxReadability = TimeSpan.FromSeconds(2);

    /// <summary>The text, paragraphs between blank lines, and absolute URLs of its links in order.</summary>
    public static (string Text, IReadOnlyList<string> Links) Of(Page page, string title, IReadOnlyList<string> authors)
    {
        var found = Seen(page, title, authors);
        var text = string.Join("\n\n", found.Select(paragraph => paragraph.Text));
        var links = found.SelectMany(paragraph => paragraph.Links)
            .Where(link => !link.StartsWith('#'))
            .Select(link => page.Absolute(link)?.AbsoluteUri)
            .OfType<string>()
            .Where(link => !CanonicalUrl.TryParse(link, out var canonical) || canonical != page.Address)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return (Better(Declared(page), text), links);
    }

    /// <summary>What structured data gives as the text, when it is about as much as what was found; often it is only the beginning.</summary>
    private static string Better(string declared, string found)
    {
        if (declared.Length < Enough || declared.Length < found.Length * 0.8)
        {
            return found.Length > 0 ? found : declared;
        }

        var hasParagraphs = declared.Contains("\n\n", StringComparison.Ordinal);
        return !hasParagraphs && found.Contains("\n\n", StringComparison.Ordinal) && declared.Length < found.Length * 1.25 ? found : declared;
    }

    private static string Declared(Page page)
    {
        if (page.StructuredArticle is not { } article)
        {
            return "";
        }

        var body = PlainText.Body(article.Text("articleBody") ?? "").Text;
        if (!article.IsLive)
        {
            return body;
        }

        var updates = article.Values("liveBlogUpdate").Select(one => new JsonLdNode(page.JsonLd, one.Value)).SelectMany(update => new[] { update.Text("headline"), update.Text("articleBody") }).OfType<string>();
        return string.Join("\n\n", updates.Select(text => PlainText.Body(text).Text).Prepend(body).Where(text => text.Length > 0));
    }

    private static List<BodyParagraph> Seen(Page page, string title, IReadOnlyList<string> authors)
    {
        if (page.Document.Body is not { } body)
        {
            return [];
        }

        if (page.IsFlat)
        {
            return Clean(Prose(BodyText.Of(body)), title, authors);
        }

        Boilerplate.Remove(body, page.Heading);
        var marked = body.QuerySelectorAll("[itemprop~=articleBody]").Where(element => element.ParentElement?.Closest("[itemprop~=articleBody]") is null).SelectMany(BodyText.Of).ToList();
        if (Length(marked) >= Enough)
        {
            return Clean(marked, title, authors);
        }

        var plain = Clean(Prose(BodyText.Of(Container(body))), title, authors);
        var read = body.QuerySelectorAll("*").Length <= MaxElements && HasParagraphs(body) ? Clean(Readable(page), title, authors) : [];
        return Length(read) >= Math.Min(Enough, Length(plain)) && Length(read) * 2 >= Length(plain) ? read : plain;
    }

    // Hand-made pages part their text by line breaks, which readability runs together.
    private static bool HasParagraphs(IElement body) => body.QuerySelectorAll("p, li, blockquote").Any(paragraph => paragraph.TextContent.Length >= 80) || body.QuerySelector("br") is null;

    private static List<BodyParagraph> Clean(IEnumerable<BodyParagraph> paragraphs, string title, IReadOnlyList<string> authors) => StrayLines.Without(paragraphs, title, authors);

    private static List<BodyParagraph> Readable(Page page)
    {
        try
        {
            using var limit = new CancellationTokenSource(MaxReadability);
            using var reader = new Reader(page.Url.AbsoluteUri, page.Document) { KeepClasses = true, DisableJSONLD = true, ContinueIfNotReadable = true };
            var article = reader.GetArticleAsync(limit.Token).GetAwaiter().GetResult();
            if (string.IsNullOrEmpty(article.Content) || PageDocument.Tree(article.Content).Body is not { } content)
            {
                return [];
            }

            Boilerplate.Remove(content, null);
            return BodyText.Of(content);
        }
        catch (Exception)
        {
            // Heuristics over what strangers wrote: whatever they stumble over, the plain paragraphs are still there.
            return [];
        }
    }

    /// <summary>The smallest element that holds nearly all the prose.</summary>
    private static IElement Container(IElement body)
    {
        var weights = new TextWeights(body);
        var container = body;
        while (container.Children.FirstOrDefault(child => weights.Plain(child) > weights.Total * 0.85) is { } inner && inner.LocalName != "p")
        {
            container = inner;
        }

        return container;
    }

    /// <summary>Sentences, and the headings and lists between them.</summary>
    private static List<BodyParagraph> Prose(List<BodyParagraph> paragraphs)
    {
        var first = paragraphs.FindIndex(IsSentence);
        var last = paragraphs.FindLastIndex(IsSentence);
        return first < 0 ? [] : [.. paragraphs[first..(last + 1)].Where(paragraph => IsSentence(paragraph) || (paragraph.LinkDensity < 0.5 && (paragraph.IsHeading || paragraph.Element == "li" || paragraph.Text.Length >= 25)))];
    }

    private static bool IsSentence(BodyParagraph paragraph) => paragraph.Text.Length >= 40 && paragraph.LinkDensity < 0.5;

    private static int Length(List<BodyParagraph> paragraphs) => paragraphs.Sum(paragraph => paragraph.Text.Length);
}
