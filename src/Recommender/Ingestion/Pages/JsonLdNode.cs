using System.Globalization;
using System.Text.Json;

namespace Recommender.Ingestion.Pages;

/// <summary>An object of a page's JSON-LD: its types, and its properties by their schema.org names.</summary>
internal readonly record struct JsonLdNode(JsonLd Source, JsonElement Element)
{
    private static readonly string[] Prefixes = ["schema:", "http://schema.org/", "https://schema.org/"];

    /// <summary>Local names of its types.</summary>
    public IEnumerable<string> Types => Strings("@type").Select(LocalName);

    /// <summary>The text of a property: a string or number, the name of an object, or the first of an array.</summary>
    public string? Text(string property) => Texts(property).FirstOrDefault();

    /// <summary>As <see cref="Text"/>, all of an array.</summary>
    public IEnumerable<string> Texts(string property) => Values(property).Select(TextOf).OfType<string>();

    /// <summary>The values of a property: an array's elements one by one, references followed to what they mean.</summary>
    public IEnumerable<JsonElement> Values(string property)
    {
        if (!TryGet(property, out var value))
        {
            yield break;
        }

        foreach (var one in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flat) : [value])
        {
            yield return Source.Resolve(one);
        }
    }

    /// <summary>Those values of a property that are objects.</summary>
    public IEnumerable<JsonLdNode> Nodes(string property)
    {
        var source = Source;
        return Values(property).Where(value => value.ValueKind == JsonValueKind.Object).Select(value => new JsonLdNode(source, value));
    }

    /// <summary>The text that a value stands for; null for what has none.</summary>
    public string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => NotEmpty(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => new JsonLdNode(Source, value) switch
        {
            var node when node.TryGet("@value", out var inner) && inner.ValueKind == JsonValueKind.String => NotEmpty(inner),
            var node when node.TryGet("name", out var inner) && inner.ValueKind == JsonValueKind.String => NotEmpty(inner),
            _ => null,
        },
        _ => null,
    };

    /// <summary>A property that is a number of pixels, however written.</summary>
    public int? Pixels(string property)
    {
        var node = this;
        return Values(property).Select(value => PixelCount.Of(value.ValueKind == JsonValueKind.Object ? new JsonLdNode(node.Source, value).Text("value") : node.TextOf(value)))
            .FirstOrDefault(pixels => pixels is not null);
    }

    private bool TryGet(string property, out JsonElement value)
    {
        value = default;
        if (Element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var element = Element;
        if (element.TryGetProperty(property, out value))
        {
            return true;
        }

        foreach (var prefix in Prefixes)
        {
            if (element.TryGetProperty(prefix + property, out value))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<string> Strings(string property) => TryGet(property, out var value)
        ? (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().AsEnumerable() : [value]).Where(one => one.ValueKind == JsonValueKind.String).Select(Read)
        : [];

    private static IEnumerable<JsonElement> Flat(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static string? NotEmpty(JsonElement value) => Read(value) is var text && string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // An escaped half of a surrogate pair makes a string that cannot be read.
    internal static string Read(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string LocalName(string type) => type[(type.LastIndexOfAny(['/', '#', ':']) + 1)..];
}

/// <summary>A number of pixels as attributes and properties write it: <c>1200</c>, <c>1200px</c>, <c>1200.0</c>.</summary>
internal static class PixelCount
{
    /// <summary>The number; null for what is none or not positive.</summary>
    public static int? Of(string? text)
    {
        var digits = text?.Trim().TakeWhile(char.IsAsciiDigit).ToArray();
        return digits is { Length: > 0 and < 7 } && int.Parse(digits, CultureInfo.InvariantCulture) is var pixels and > 0 ? pixels : null;
    }
}
