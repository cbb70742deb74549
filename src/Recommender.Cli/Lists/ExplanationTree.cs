using System.Globalization;
using Recommender.Cli.Terminals;
using Recommender.Ranking;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recommender.Cli.Lists;

/// <summary>A score as a tree: each value, what it is, and how it came about.</summary>
internal static class ExplanationTree
{
    /// <summary>The tree of a score, behind <paramref name="indent"/> spaces.</summary>
    public static IRenderable Of(Explanation explanation, int indent)
    {
        var tree = new Tree(Label(explanation)) { Guide = TreeGuide.Line };
        Add(tree, explanation);
        return new Padder(tree, new Padding(indent, 0, 0, 0));
    }

    private static void Add(IHasTreeNodes parent, Explanation explanation)
    {
        foreach (var part in explanation.Parts)
        {
            Add(parent.AddNode(Label(part)), part);
        }
    }

    private static Spectre.Console.Text Label(Explanation explanation) => new(Terminal.Clean(string.Create(
        CultureInfo.InvariantCulture, $"{explanation.Name} {explanation.Value:0.0000}{(explanation.Detail is { } detail ? $" = {detail}" : "")}")));
}
