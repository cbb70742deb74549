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

    // Nowhere here do walks go from sibling to sibling: the tree looks for a node among its siblings each time, which for thousands of them is quadratic.
    private static int Depth(IHtmlDocument document)
    {
        var deepest = 0;
        var stack = new Stack<(INode Node, int Depth)>([(document, 0)]);
        while (stack.TryPop(out var visit))
        {
            deepest = Math.Max(deepest, visit.Depth);
            foreach (var child in visit.Node.ChildNodes)
            {
                stack.Push((child, visit.Depth + 1));
            }
        }

        return deepest;
    }
}
