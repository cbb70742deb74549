using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>Makes headlines and deks of what feeds put there.</summary>
internal static partial class FeedText
{
    /// <summary>Characters of a dek.</summary>
    public const int MaxDek = 320;

    private const int MaxHeadline = 110;

    /// <summary>A title on one line, short enough to be one; null when empty.</summary>
    public static string? Title(string? html)
    {
        var line = PlainText.Line(html ?? "");
        return line.Length == 0 ? null : Escape(line.Length <= ArticleValidator.MaxTitle ? line : CutAtWord(line, ArticleValidator.MaxTitle));
    }

    /// <summary>A title for what has none: its first sentence, or as much of it as a headline holds.</summary>
    public static string? Headline(string? text)
    {
        var line = PlainText.Line(text ?? "");
        var sentence = Sentences(line, MaxHeadline);
        return sentence.Length == 0 ? null : Escape(sentence.TrimEnd('.'));
    }

    /// <summary>A dek of a description or the text it begins: whole sentences up to <see cref="MaxDek"/> characters; null when nothing is left.</summary>
    public static string? Dek(string text)
    {
        var paragraphs = Prose(text).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var dek = Sentences(PlainText.Line(Escape(string.Join(' ', paragraphs))), MaxDek);
        return dek.Length == 0 ? null : Escape(dek);
    }

    /// <summary>The text without what feeds append to it: where it first appeared, and calls to read on.</summary>
    public static string Prose(string text)
    {
        var paragraphs = text.Split("\n\n").Select(paragraph => Tail().Replace(paragraph, "").Trim()).ToList();
        return string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0 && !WholeTail().IsMatch(paragraph)));
    }

    /// <summary>Writes plain text so that it is not taken for markup.</summary>
    public static string Escape(string text) => PlainText.IsPlain(text) ? text : text
        .Replace("&", "&amp;amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Sentences(string line, int length)
    {
        if (line.Length <= length)
        {
            return line;
        }

        var end = 0;
        foreach (var match in SentenceEnd().EnumerateMatches(line))
        {
            if (match.Index + match.Length > length)
            {
                break;
            }

            end = match.Index + match.Length;
        }

        return end >= length / 4 ? line[..end].TrimEnd() : CutAtWord(line, length);
    }

    private static string CutAtWord(string line, int length)
    {
        var space = line.LastIndexOf(' ', length - 2);
        var cut = space > length / 2 ? space : length - 1;
        cut -= char.IsHighSurrogate(line[cut - 1]) ? 1 : 0;
        return line[..cut].TrimEnd(' ', ',', ';', ':', '-', '–') + "…";
    }

    // A full stop after one letter or before a small one is an abbreviation more often than an end.
    [GeneratedRegex(@"(?:(?<=\p{L}{2}|[\d)""”’»])[.!?…]|[.!?…](?=[""”’»)]))[""”’»)]*(?=\s+(?:[^\p{Ll}\s]|$)|$)|[。！？]")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"\s*(?:\[(?:…|\.\.\.)\]|(?:\[\s*)?(?:…|\.\.\.)?\s*(?:Continue reading|Read (?:the )?(?:more|full (?:story|article)|rest)|Keep reading|Weiterlesen|Lire la suite|Leer más|Continua a leggere|Leggi tutto|Lees verder|Läs mer|Les mer|Læs mere|Leia mais|Lue lisää)\b[^.!?]{0,200}[→»….\]]*)\s*$")]
    private static partial Regex Tail();

    [GeneratedRegex(
        @"^(?:The (?:post|article) .{1,400} (?:first )?appeared first (?:on|in|at) .{1,200}|La entrada .{1,400} (?:se publicó primero|apareció primero) en .{1,200}|L.article .{1,400} est apparu en premier sur .{1,200}|Der Beitrag .{1,400} erschien zuerst auf .{1,200}|L.articolo .{1,400} proviene da .{1,200}|O post .{1,400} apareceu primeiro em .{1,200}|Het bericht .{1,400} verscheen eerst op .{1,200}|Inlägget .{1,400} dök först upp på .{1,200})$|^(?:Read more|More|Comments?|Share|\d+ comments?)\.?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex WholeTail();
}
