using System.Text;

namespace Recommender.Ingestion.Pages;

/// <summary>Makes a page's markup fit for a parser: without what no reader sees, and flat when it would cost too much as it is.</summary>
internal static class PageMarkup
{
    /// <summary>Most characters that are parsed, scripts, styles and comments not counted; the rest of the page is cut off.</summary>
    public const int MaxCharacters = 3_000_000;

    /// <summary>Longest block of structured data.</summary>
    public const int MaxStructuredData = 1_000_000;

    // A tag longer than this carries a program's state or an inlined picture.
    private const int MaxTag = 20_000;

    private static readonly string[] Drawings = ["svg", "math"];

    /// <summary>The page without scripts (except structured data), styles, comments, drawings and oversized attributes.</summary>
    /// <returns>The markup, and whether it was flattened (<see cref="FlatMarkup"/>) because its depth or size is out of bounds.</returns>
    public static (string Html, bool IsFlat) Clean(string html)
    {
        var kept = new StringBuilder(Math.Min(html.Length, MaxCharacters));
        var cost = new MarkupCost();
        var scanner = new MarkupScanner(html);
        var endless = new bool[Drawings.Length];
        var isKeptRaw = false;
        while (kept.Length < MaxCharacters && scanner.Next(out var token))
        {
            var text = html.AsSpan(token.Start, token.End - token.Start);
            var name = html.AsSpan(token.NameStart, token.NameEnd - token.NameStart);
            switch (token.Kind)
            {
                case MarkupKind.Text:
                    kept.Append(text);
                    break;
                case MarkupKind.RawText when isKeptRaw:
                    kept.Append(text[..Math.Min(text.Length, MaxStructuredData)]);
                    break;
                case MarkupKind.StartTag when Is(name, "script") || Is(name, "style"):
                    isKeptRaw = text.Contains("ld+json", StringComparison.OrdinalIgnoreCase);
                    if (isKeptRaw)
                    {
                        kept.Append("<script type=\"application/ld+json\">");
                    }

                    break;
                case MarkupKind.EndTag when Is(name, "script") || Is(name, "style"):
                    kept.Append(isKeptRaw ? "</script>" : "");
                    isKeptRaw = false;
                    break;
                case MarkupKind.StartTag when Drawing(name) is var drawing and >= 0:
                    if (!endless[drawing] && !text.EndsWith("/>", StringComparison.Ordinal))
                    {
                        endless[drawing] = !scanner.SkipPast(Drawings[drawing]);
                    }

                    break;
                case MarkupKind.EndTag when Drawing(name) >= 0:
                    break;
                case MarkupKind.StartTag:
                    isKeptRaw = true;
                    cost.Open(name);
                    if (text.Length <= MaxTag)
                    {
                        kept.Append(text);
                    }
                    else
                    {
                        kept.Append('<').Append(name).Append('>');
                    }

                    break;
                case MarkupKind.EndTag:
                    cost.Close(name);
                    kept.Append("</").Append(name).Append('>');
                    break;
                default:
                    break;
            }
        }

        var markup = kept.ToString();
        return cost.IsTooMuch ? (FlatMarkup.Of(markup), true) : (markup, false);
    }

    private static bool Is(ReadOnlySpan<char> name, string element) => name.Equals(element, StringComparison.OrdinalIgnoreCase);

    private static int Drawing(ReadOnlySpan<char> name) => Is(name, Drawings[0]) ? 0 : Is(name, Drawings[1]) ? 1 : -1;
}
