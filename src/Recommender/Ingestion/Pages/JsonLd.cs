using System.Text.Json;
using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>The schema.org JSON-LD of a page: every block that can be read, its graphs flattened, its references resolvable.</summary>
internal sealed class JsonLd
{
    private const int MaxNodes = 5_000;

    // What a page is about is reached through these; lists of other pages are not.
    private static readonly string[] Wrappers = ["@graph", "mainEntity", "mainEntityOfPage"];

    private readonly Dictionary<string, JsonElement> byId = new(StringComparer.Ordinal);
    private readonly List<JsonLdNode> nodes = [];

    public JsonLd(IEnumerable<string> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var value in LenientJson.Parse(block))
            {
                Index(value);
                Collect(value);
            }
        }
    }

    /// <summary>Objects that describe the page or what it is about, in order.</summary>
    public IReadOnlyList<JsonLdNode> Nodes => nodes;

    /// <summary>The blocks of a document.</summary>
    public static JsonLd Of(IParentNode document) =>
        new(document.QuerySelectorAll("script[type*='ld+json' i]").Select(script => script.TextContent));

    /// <summary>What a value means: the object that a reference (<c>{"@id": …}</c>) names, else the value.</summary>
    public JsonElement Resolve(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && IdOf(value) is { } id && value.EnumerateObject().Take(4).Count() < 4 && byId.TryGetValue(id, out var target)
            && target.EnumerateObject().Count() > value.EnumerateObject().Count()
            ? target
            : value;

    private void Collect(JsonElement root)
    {
        var stack = new Stack<JsonElement>([root]);
        while (nodes.Count < MaxNodes && stack.TryPop(out var value))
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray().Reverse())
                {
                    stack.Push(item);
                }
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                nodes.Add(new JsonLdNode(this, value));
                foreach (var wrapper in Wrappers.Reverse())
                {
                    if (value.TryGetProperty(wrapper, out var wrapped))
                    {
                        stack.Push(wrapped);
                    }
                }
            }
        }
    }

    private void Index(JsonElement root)
    {
        var stack = new Stack<JsonElement>([root]);
        while (byId.Count < MaxNodes && stack.TryPop(out var value))
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray())
                {
                    stack.Push(item);
                }
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                if (IdOf(value) is { } id && (!byId.TryGetValue(id, out var known) || known.EnumerateObject().Count() < value.EnumerateObject().Count()))
                {
                    byId[id] = value;
                }

                foreach (var property in value.EnumerateObject())
                {
                    stack.Push(property.Value);
                }
            }
        }
    }

    private static string? IdOf(JsonElement value) => value.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String ? JsonLdNode.Read(id) : null;
}
