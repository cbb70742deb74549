using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Recommender.Ingestion.Pages;

/// <summary>Parses pages into trees of bounded depth.</summary>
internal static class PageDocument
{
    // Below this, whatever walks the tree by recursion stays far from the end of the stack.
    private const int MaxTreeDepth = 400;

    /// <summary>Parses a page, however large, deep or broken it is.</summary>
    /// <returns>The tree, and whether its nesting was lost.</returns>
    public static (IHtmlDocument Document, bool IsFlat) Parse(string html)
    {
        var (markup, isFlat) = PageMarkup.Clean(html);
        var document = Tree(markup);
        return isFlat || Depth(document) <= MaxTreeDepth ? (document, isFlat) : (Tree(FlatMarkup.Of(markup)), true);
    }

    /// <summary>Parses a piece that came out of such a tree.</summary>
    public static IHtmlDocument Tree(string html) => new HtmlParser().ParseDocument(html);

    private static int Depth(IHtmlDocument document)
    {
        var (deepest, depth) = (0, 0);
        for (INode? node = document; node is not null;)
        {
            if (node.FirstChild is { } child)
            {
                node = child;
                deepest = Math.Max(deepest, ++depth);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }

            node = node?.NextSibling;
        }

        return deepest;
    }
}
