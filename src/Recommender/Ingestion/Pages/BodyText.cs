using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>A paragraph of a page: its text, how much of it is linked, and where to.</summary>
internal sealed record BodyParagraph(string Text, int Linked, IReadOnlyList<string> Links, string Element)
{
    /// <summary>The share of characters that are linked, 0 to 1.</summary>
    public double LinkDensity => Text.Length == 0 ? 0 : Math.Min(1, (double)Linked / Text.Length);

    /// <summary>Whether it is a heading.</summary>
    public bool IsHeading => Element is ['h', >= '1' and <= '6'];
}

/// <summary>Makes paragraphs of a tree, in one walk without recursion.</summary>
internal static partial class BodyText
{
    private const int MaxParagraphs = 5_000;

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "figcaption", "nav", "button", "select", "textarea", "head", "title", "video", "audio", "canvas", "input", "option", "rp", "rt",
    };

    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "center-inline", "rb",
    };

    /// <summary>The paragraphs under a node.</summary>
    public static List<BodyParagraph> Of(INode root)
    {
        var paragraphs = new List<BodyParagraph>();
        var builder = new ParagraphBuilder(paragraphs);
        var stack = new Stack<(INode Node, bool Leaving)>([(root, false)]);
        while (paragraphs.Count < MaxParagraphs && stack.TryPop(out var visit))
        {
            if (visit.Node is IText characters)
            {
                builder.Append(characters.Data);
                continue;
            }

            if (visit.Node is not IElement element)
            {
                PushChildren(stack, visit.Node, visit.Leaving);
                continue;
            }

            var isInline = Inline.Contains(element.LocalName);
            if (Dropped.Contains(element.LocalName))
            {
                continue;
            }

            if (element.LocalName == "br")
            {
                builder.Break();
                continue;
            }

            if (!isInline)
            {
                builder.End(visit.Leaving ? element.ParentElement?.LocalName ?? "" : element.LocalName);
            }

            if (element.LocalName == "a" && element.GetAttribute("href") is { Length: > 0 } href)
            {
                builder.Link(visit.Leaving ? null : href);
            }

            PushChildren(stack, element, visit.Leaving);
        }

        builder.End("");
        return paragraphs;
    }

    private static void PushChildren(Stack<(INode Node, bool Leaving)> stack, INode node, bool isLeaving)
    {
        if (isLeaving)
        {
            return;
        }

        stack.Push((node, true));
        for (var child = node.LastChild; child is not null; child = child.PreviousSibling)
        {
            stack.Push((child, false));
        }
    }

    [GeneratedRegex(@"[\s\u00a0\u200b\ufeff]+")]
    private static partial Regex Spaces();

    private sealed class ParagraphBuilder(List<BodyParagraph> paragraphs)
    {
        private readonly StringBuilder text = new();
        private readonly List<string> links = [];
        private string element = "";
        private int linked;
        private bool isLinked;
        private int breaks;

        public void Append(string characters)
        {
            if (breaks > 0 && !string.IsNullOrWhiteSpace(characters))
            {
                breaks = 0;
            }

            text.Append(characters);
            linked += isLinked ? characters.Length : 0;
        }

        // Two breaks in a row are how hand-made pages end a paragraph.
        public void Break()
        {
            text.Append(' ');
            if (++breaks > 1)
            {
                End(element);
            }
        }

        public void Link(string? href)
        {
            isLinked = href is not null;
            if (href is not null)
            {
                links.Add(href);
            }
        }

        public void End(string next)
        {
            var line = Spaces().Replace(text.ToString(), " ").Trim();
            if (line.Length > 0)
            {
                paragraphs.Add(new BodyParagraph(line, linked, [.. links], element));
            }

            text.Clear();
            links.Clear();
            (linked, breaks, element) = (0, 0, next);
        }
    }
}
