using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Articles;

/// <summary>Reads a number or truth value where text is expected, as it is written: exports do that to ids and dates.</summary>
public sealed class LooseTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new JsonException("Expected text."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads an image given as an object, as its URL alone, or as a list of either, of which the first counts.</summary>
public sealed class LooseImageConverter : JsonConverter<ArticleImage>
{
    /// <inheritdoc/>
    public override ArticleImage? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(JsonElement.ParseValue(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ArticleImage value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("url", value.Url);
        writer.WriteString("alt", value.Alt);
        foreach (var (name, pixels) in new[] { ("width", value.Width), ("height", value.Height) })
        {
            if (pixels is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }

        writer.WriteEndObject();
    }

    private static ArticleImage? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new ArticleImage(element.GetString()!),
        JsonValueKind.Array => element.GetArrayLength() == 0 ? null : Read(element[0]),
        JsonValueKind.Object => new ArticleImage(Text(element, "url") ?? "", Text(element, "alt") ?? "", Pixels(element, "width"), Pixels(element, "height")),
        JsonValueKind.Null => null,
        _ => throw new JsonException("Expected an image."),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Pixels(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var pixels) ? pixels : null;
}
