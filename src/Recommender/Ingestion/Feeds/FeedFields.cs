using AngleSharp.Dom;

namespace Recommender.Ingestion.Feeds;

/// <summary>The elements of one item, by name (<see cref="FeedNames"/>). A plain name also finds the element of Atom that has it.</summary>
internal sealed class FeedFields
{
    private static readonly HashSet<string> Items = new(StringComparer.OrdinalIgnoreCase) { "item", "entry" };

    private readonly Dictionary<string, List<IElement>> fields = new(StringComparer.Ordinal);

    private FeedFields(IEnumerable<IElement> elements)
    {
        foreach (var element in elements)
        {
            var name = FeedNames.Of(element);
            if (!fields.TryGetValue(name, out var named))
            {
                fields[name] = named = [];
            }

            named.Add(element);
        }
    }

    /// <summary>The fields of an item, or of the head of a feed.</summary>
    public static FeedFields Of(IElement parent)
    {
        var fields = new FeedFields(parent.Children);

        // An unclosed tag in one field takes the fields after it inside.
        return fields.First("link", "guid", "id", "loc") is null && Items.Contains(parent.LocalName) ? new FeedFields(Below(parent)) : fields;
    }

    /// <summary>Whether an element is an item of a feed.</summary>
    public static bool IsItem(IElement element) => Items.Contains(element.LocalName);

    /// <summary>The first element of the first of these names that there is.</summary>
    public IElement? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.GetValueOrDefault(name) is { } named || fields.TryGetValue("atom:" + name, out named))
            {
                return named[0];
            }
        }

        return null;
    }

    /// <summary>All elements of these names, name by name.</summary>
    public IEnumerable<IElement> All(params string[] names) =>
        names.SelectMany(name => fields.GetValueOrDefault(name, []).Concat(fields.GetValueOrDefault("atom:" + name, [])));

    /// <summary>The first text under these names that is not empty, trimmed.</summary>
    public string? Text(params string[] names) => All(names).Select(TextOf).FirstOrDefault(text => text.Length > 0);

    /// <summary>Text of an element, trimmed, without what belongs to items inside it.</summary>
    public static string TextOf(IElement element) => string.Concat(Within(element).Where(IsText).Select(text => text.NodeValue)).Trim();

    /// <summary>Whether a node is text, in a CDATA section or not.</summary>
    public static bool IsText(INode node) => node.NodeType is NodeType.Text or NodeType.CharacterData;

    /// <summary>HTML of an element: its text where that is markup, else its elements as markup.</summary>
    public static string HtmlOf(IElement element) => element.Children.Any(child => !IsItem(child)) ? FeedMarkup.Of(element) : TextOf(element);

    private static IEnumerable<INode> Within(IElement element)
    {
        var stack = new Stack<INode>(element.ChildNodes.Reverse());
        while (stack.TryPop(out var node))
        {
            if (node is IElement inner && IsItem(inner))
            {
                continue;
            }

            yield return node;
            foreach (var child in node.ChildNodes.Reverse())
            {
                stack.Push(child);
            }
        }
    }

    private static IEnumerable<IElement> Below(IElement item) => Within(item).OfType<IElement>().Where(element => FeedNames.Local(element.ParentElement!) is not ("source" or "author" or "image"));
}
