using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>
/// Takes out of a page what is not the article: related stories, comments and their rules, sign-ups, share bars, bylines, captions, navigation, notices. It goes by elements, by the words in
/// their attributes, by headings and by how much is linked; nothing that holds the article's heading or most of the text is ever taken.
/// </summary>
internal sealed partial class Boilerplate
{
    private const double MostOfText = 0.4;
    private const int ArticleText = 400;
    private const int RealParagraph = 80;
    private const int Cards = 3;

    private static readonly HashSet<string> Never = new(StringComparer.Ordinal) { "script", "style", "noscript", "template", "iframe", "object", "embed", "figcaption", "button", "select", "input", "textarea", "dialog" };
    private static readonly HashSet<string> Rarely = new(StringComparer.Ordinal) { "nav", "aside", "footer", "form" };
    private static readonly HashSet<string> Roots = new(StringComparer.Ordinal) { "html", "body", "main", "head" };
    private static readonly HashSet<string> HeadingNames = new(StringComparer.Ordinal) { "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "legend", "header", "summary" };

    private readonly IElement root;
    private readonly HashSet<INode> core = [];
    private TextWeights weights;

    private Boilerplate(IElement root, IElement? heading)
    {
        this.root = root;
        weights = new TextWeights(root);
        foreach (var element in root.QuerySelectorAll("[itemprop~=articleBody]").Append(heading).OfType<IElement>())
        {
            for (INode? node = element; node is not null && core.Add(node); node = node.Parent)
            {
            }
        }
    }

    /// <summary>Removes it from the tree under <paramref name="root"/>.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="heading">The article's heading, if it is in the tree.</param>
    public static void Remove(IElement root, IElement? heading)
    {
        var boilerplate = new Boilerplate(root, heading);
        boilerplate.RemoveByNames();
        boilerplate.weights = new TextWeights(root);
        boilerplate.RemoveByHeadings();
        boilerplate.RemoveLinkBlocks();
    }

    /// <summary>Whether an element stands in navigation, other stories, comments or the like.</summary>
    public static bool Surrounds(IElement element, bool isByline = false)
    {
        for (var at = element; at is not null && !Roots.Contains(at.LocalName); at = at.ParentElement)
        {
            if (at.LocalName is "nav" or "aside" or "footer" || (at != element || !isByline) && BlockWords.KindOf(at) >= BlockKind.Furniture && !BlockWordsHeader(at))
            {
                return true;
            }
        }

        return false;
    }

    // A header's own block may be called "share" or "social" and hold the byline all the same.
    private static bool BlockWordsHeader(IElement element) => element.LocalName is "header" or "article" || element.QuerySelector("h1") is not null;

    private void RemoveByNames()
    {
        foreach (var element in Elements())
        {
            if (Never.Contains(element.LocalName)
                || (IsSmall(element) && (Rarely.Contains(element.LocalName) || IsHidden(element)))
                || BlockWords.KindOf(element) switch
                {
                    BlockKind.Talk => !core.Contains(element) && !Roots.Contains(element.LocalName) && (IsSmall(element) || weights.Total - weights.Plain(element) >= ArticleText),
                    BlockKind.Furniture or BlockKind.Credit => IsSmall(element),
                    _ => false,
                })
            {
                element.Remove();
            }
        }
    }

    private void RemoveByHeadings()
    {
        foreach (var element in Elements())
        {
            if (element.Parent is null || !HeadingNames.Contains(element.LocalName) || core.Contains(element) || element.TextContent.Trim() is not { Length: > 1 and <= BlockHeadings.Longest } text)
            {
                continue;
            }

            var isTalk = BlockHeadings.IsTalk(text);
            if (!isTalk && !BlockHeadings.IsOtherStories(text))
            {
                continue;
            }

            var block = Block(element);
            if (block != element)
            {
                block.Remove();
            }
            else
            {
                RemoveRest(element, isTalk);
            }
        }
    }

    /// <summary>The largest block that the heading opens.</summary>
    private IElement Block(IElement heading)
    {
        var block = heading;
        while (block.ParentElement is { } parent && parent != root && IsSmall(parent) && parent.LocalName is not "article" && IsFirst(block))
        {
            block = parent;
        }

        return block.TextContent.Trim().Length > heading.TextContent.Trim().Length ? block : heading;
    }

    private static bool IsFirst(IElement element)
    {
        for (var before = element.PreviousSibling; before is not null; before = before.PreviousSibling)
        {
            if (!string.IsNullOrWhiteSpace(before.TextContent))
            {
                return false;
            }
        }

        return true;
    }

    // The heading stands among the article's own paragraphs: what follows it goes too, other stories up to the next real paragraph, comments up to the next heading of its rank.
    private void RemoveRest(IElement heading, bool isTalk)
    {
        var rank = heading.LocalName is ['h', var digit and >= '1' and <= '6'] ? digit : '3';
        var following = new List<IElement>();
        for (var next = heading.NextElementSibling; next is not null; next = next.NextElementSibling)
        {
            var isHeading = next.LocalName is ['h', >= '1' and <= '6'];
            if (core.Contains(next) || (isTalk ? isHeading && next.LocalName[1] <= rank : isHeading && !BlockHeadings.IsOtherStories(next.TextContent) && next.QuerySelector("a") is null
                || weights.Plain(next) >= RealParagraph && weights.LinkDensity(next) < 0.5 && next.QuerySelector("h2, h3, h4, h5") is null))
            {
                break;
            }

            following.Add(next);
        }

        if (following.Sum(weights.Plain) <= weights.Total * MostOfText)
        {
            following.ForEach(element => element.Remove());
        }

        heading.Remove();
    }

    private void RemoveLinkBlocks()
    {
        foreach (var element in Elements())
        {
            if (element.LocalName is "ul" or "ol" or "div" or "section" or "table" or "dl" && !core.Contains(element)
                && ((weights.Links(element) >= Cards && weights.LinkDensity(element) > 0.65 && weights.Plain(element) < RealParagraph * 2) || (IsSmall(element) && IsCards(element))))
            {
                element.Remove();
            }
        }
    }

    // Several alike, each a heading that leads elsewhere.
    private static bool IsCards(IElement element) => element.Children.Length >= Cards
        && element.Children.Count(child => child.QuerySelector("h2 a[href], h3 a[href], h4 a[href], h5 a[href], a[href] h2, a[href] h3, a[href] h4") is { } link
            && (link.GetAttribute("href") ?? link.Closest("a")?.GetAttribute("href")) is { } href && !href.StartsWith('#')) >= Math.Max(Cards, element.Children.Length * 0.7);

    private bool IsSmall(IElement element) => !core.Contains(element) && !Roots.Contains(element.LocalName) && weights.Plain(element) <= weights.Total * MostOfText;

    private static bool IsHidden(IElement element) => element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") is "true" || (element.GetAttribute("style") is { } style && Hiding().IsMatch(style));

    /// <summary>Elements in order, without those in a part that was removed meanwhile.</summary>
    private IEnumerable<IElement> Elements()
    {
        var stack = new Stack<IElement>(root.Children.Reverse());
        while (stack.TryPop(out var element))
        {
            if (element.Parent is null)
            {
                continue;
            }

            yield return element;
            if (element.Parent is null)
            {
                continue;
            }

            for (var child = element.LastElementChild; child is not null; child = child.PreviousElementSibling)
            {
                stack.Push(child);
            }
        }
    }

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden", RegexOptions.IgnoreCase)]
    private static partial Regex Hiding();
}
