using System.Text;

namespace Recommender.Ingestion.Pages;

/// <summary>A page without its nesting: head, headings, paragraphs, links and dates only. What is left of a page whose own tree cannot be afforded.</summary>
internal static class FlatMarkup
{
    private static readonly HashSet<string> Verbatim = new(StringComparer.OrdinalIgnoreCase) { "html", "meta", "link", "base", "title", "script", "a" };

    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase) { "h1", "h2", "h3", "h4", "h5", "h6" };

    // Tags that leave a paragraph as it is.
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "head", "body", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "mark", "picture", "q", "s", "small", "source", "span", "strong", "sub", "sup", "u", "wbr",
    };

    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase)
    {
        "nav", "aside", "footer", "figcaption", "noscript", "button", "select", "template", "iframe", "textarea", "dialog",
    };

    /// <summary>Flattens markup in one pass.</summary>
    public static string Of(string html) => Of(html, Left) ?? Of(html, [])!;

    /// <returns>Null when something that is left out never ends, and so would take the page with it.</returns>
    private static string? Of(string html, HashSet<string> left)
    {
        var flat = new StringBuilder(html.Length / 2);
        var scanner = new MarkupScanner(html);
        string? inside = null;
        var depth = 0;
        while (scanner.Next(out var token))
        {
            var name = html.AsSpan(token.NameStart, token.NameEnd - token.NameStart);
            if (inside is not null)
            {
                depth += !name.Equals(inside, StringComparison.OrdinalIgnoreCase) ? 0 : token.Kind == MarkupKind.StartTag ? 1 : -1;
                inside = depth == 0 ? null : inside;
            }
            else if (token.Kind == MarkupKind.StartTag && left.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out inside))
            {
                depth = 1;
            }
            else
            {
                Append(flat, token, html.AsSpan(token.Start, token.End - token.Start), name);
            }
        }

        return inside is null ? flat.ToString() : null;
    }

    private static void Append(StringBuilder flat, MarkupToken token, ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        if (token.Kind is MarkupKind.Text or MarkupKind.RawText)
        {
            flat.Append(text);
        }
        else if (Has(Verbatim, name))
        {
            flat.Append(text);
        }
        else if (name.Equals("time", StringComparison.OrdinalIgnoreCase))
        {
            flat.Append(token.Kind == MarkupKind.StartTag ? text : "").Append(token.Kind == MarkupKind.StartTag ? "</time>" : "");
        }
        else if (Has(Headings, name))
        {
            flat.Append(token.Kind == MarkupKind.StartTag ? "<" : "</").Append(name).Append('>');
        }
        else if (token.Kind is MarkupKind.StartTag or MarkupKind.EndTag && !Has(Inline, name) && !EndsWithBreak(flat))
        {
            flat.Append("<p>");
        }
    }

    private static bool EndsWithBreak(StringBuilder flat) => flat.Length >= 3 && flat[^1] == '>' && flat[^2] == 'p' && flat[^3] == '<';

    private static bool Has(HashSet<string> set, ReadOnlySpan<char> name) => set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
}
