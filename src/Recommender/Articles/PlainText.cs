using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Recommender.Articles;

/// <summary>Makes text of what publishers send: entities, stray markup and odd spacing included.</summary>
public static partial class PlainText
{
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "form", "button", "figcaption", "nav", "head", "select", "video", "audio", "canvas",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "section", "article", "main", "aside", "header", "footer", "figure", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "address", "details", "summary",
    };

    /// <summary>Whether <see cref="Line"/> and <see cref="Body"/> leave the characters of a text as they are.</summary>
    public static bool IsPlain(string text) => !HasMarkup(text) && Decode(text) == text;

    /// <summary>One line of plain text: markup removed, entities decoded (twice, for those that were encoded twice), white space single.</summary>
    public static string Line(string text)
    {
        if (HasMarkup(text))
        {
            text = TextOf(new HtmlParser().ParseDocument(text).Body);
        }

        return Spaces().Replace(Decode(text), " ").Trim();
    }

    /// <summary>Plain text with a blank line between paragraphs, and the addresses that it links to, in order. Captions, scripts and forms are left out.</summary>
    public static (string Text, IReadOnlyList<string> Links) Body(string text)
    {
        if (!HasMarkup(text))
        {
            return (Paragraphs(Decode(text)), []);
        }

        var body = new HtmlParser().ParseDocument(text).Body;
        var links = body?.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).ToList();
        return (Paragraphs(Decode(TextOf(body))), links ?? []);
    }

    // The tree can be as deep as its sender likes, so it is walked without recursion.
    private static string TextOf(INode? root)
    {
        if (root is null)
        {
            return "";
        }

        var text = new StringBuilder();
        var stack = new Stack<(INode Node, bool Leaving)>([(root, false)]);
        while (stack.TryPop(out var visit))
        {
            switch (visit.Node)
            {
                case IText characters:
                    text.Append(Spaces().Replace(characters.Data, " "));
                    break;
                case IElement element when Dropped.Contains(element.LocalName):
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                default:
                    if (visit.Node is IElement block && Blocks.Contains(block.LocalName))
                    {
                        text.Append("\n\n");
                    }

                    if (!visit.Leaving)
                    {
                        stack.Push((visit.Node, true));
                        foreach (var child in visit.Node.ChildNodes.Reverse())
                        {
                            stack.Push((child, false));
                        }
                    }

                    break;
            }
        }

        return text.ToString();
    }

    private static string Decode(string text)
    {
        for (var round = 0; round < 2 && text.Contains('&', StringComparison.Ordinal); round++)
        {
            text = WebUtility.HtmlDecode(text);
        }

        return Controls().Replace(text, "");
    }

    private static string Paragraphs(string text) => string.Join("\n\n", BlankLines().Split(text.ReplaceLineEndings("\n"))
        .Select(paragraph => Spaces().Replace(paragraph, " ").Trim())
        .Where(paragraph => paragraph.Length > 0));

    /// <summary>A tag, not a sign: "5 &lt; 6" has none.</summary>
    private static bool HasMarkup(string text) => text.Contains('<', StringComparison.Ordinal) && Tag().IsMatch(text);

    [GeneratedRegex(@"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?|!--.*?--|!\[CDATA\[.*?\]\]|!doctype[^>]*)>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex BlankLines();

    // Control characters, and halves of surrogate pairs, which no encoding can hold.
    [GeneratedRegex(@"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")]
    private static partial Regex Controls();
}
