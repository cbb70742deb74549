using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>How much text the elements of a tree hold, counted in one walk: all of it, and what is linked.</summary>
internal sealed class TextWeights
{
    private readonly Dictionary<INode, (int Text, int Linked, int Links)> weights = [];

    public TextWeights(INode root)
    {
        var stack = new Stack<(INode Node, bool Leaving)>([(root, false)]);
        while (stack.TryPop(out var visit))
        {
            if (visit.Node is IText text)
            {
                Add(text.Parent, (Solid(text.Data), 0, 0));
                continue;
            }

            if (!visit.Leaving)
            {
                if (visit.Node is IElement { LocalName: "script" or "style" or "noscript" or "template" })
                {
                    continue;
                }

                stack.Push((visit.Node, true));
                for (var child = visit.Node.FirstChild; child is not null; child = child.NextSibling)
                {
                    stack.Push((child, false));
                }
            }
            else if (visit.Node != root && weights.TryGetValue(visit.Node, out var weight))
            {
                var isLink = visit.Node is IElement { LocalName: "a" } link && link.HasAttribute("href");
                Add(visit.Node.Parent, isLink ? (weight.Text, weight.Text, weight.Links + 1) : weight);
            }
        }

        Total = Plain(root);
    }

    /// <summary>Characters of the whole that are not linked.</summary>
    public int Total { get; }

    /// <summary>Characters that are not linked.</summary>
    public int Plain(INode node) => weights.TryGetValue(node, out var weight) ? weight.Text - weight.Linked : 0;

    /// <summary>How many links there are.</summary>
    public int Links(INode node) => weights.TryGetValue(node, out var weight) ? weight.Links : 0;

    /// <summary>The share of characters that are linked, 0 to 1.</summary>
    public double LinkDensity(INode node) => weights.TryGetValue(node, out var weight) && weight.Text > 0 ? (double)weight.Linked / weight.Text : 0;

    private void Add(INode? node, (int Text, int Linked, int Links) more)
    {
        if (node is not null)
        {
            var weight = weights.GetValueOrDefault(node);
            weights[node] = (weight.Text + more.Text, weight.Linked + more.Linked, weight.Links + more.Links);
        }
    }

    private static int Solid(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsWhiteSpace(c) ? 0 : 1;
        }

        return count;
    }
}
