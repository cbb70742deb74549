using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Articles;

/// <summary>Reads <c>"a"</c> as <c>["a"]</c>, skips nulls, and takes the <c>name</c> of objects: what CMS exports do with topics and authors.</summary>
public sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var names = new List<string>();
        Collect(JsonElement.ParseValue(ref reader), names);
        return names;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static void Collect(JsonElement element, List<string> names)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, names);
                }

                break;
            case JsonValueKind.Object when element.TryGetProperty("name", out var name):
                Collect(name, names);
                break;
            case JsonValueKind.String:
                names.Add(element.GetString()!);
                break;
            case JsonValueKind.Null:
                break;
            default:
                throw new JsonException("Expected a name or a list of names.");
        }
    }
}
