using System.Text;
using System.Text.Json;
using Recommender.Articles;

namespace Recommender.Ingestion.Sources;

/// <summary>Articles in JSON that is not in lines: one object, or a list of them.</summary>
internal static class JsonArticles
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether JSON begins with a line that is an object by itself, or too long to tell.</summary>
    public static bool AreLines(ReadOnlySpan<byte> beginning, bool isWhole)
    {
        var content = Trim(beginning);
        if (content.IsEmpty || content[0] != (byte)'{')
        {
            return false;
        }

        var end = content.IndexOf((byte)'\n');
        if (end < 0)
        {
            return !isWhole;
        }

        return IsJson(content[..end]);
    }

    /// <summary>Reads an object or a list; false when the content is neither, or a feed.</summary>
    public static bool TryRead(byte[] content, string place, out IReadOnlyList<SourceItem> articles)
    {
        articles = [];
        try
        {
            using var document = JsonDocument.Parse(new ReadOnlyMemory<byte>(content)[(content.Length - Trim(content).Length)..], Options);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                articles = [.. root.EnumerateArray().Select((article, index) => Read(article, $"{place}[{index}]"))];
                return true;
            }

            articles = [Read(root, place)];
            return root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("items", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SourceItem Read(JsonElement article, string place)
    {
        try
        {
            return new SourceItem(place, ArticleLines.Parse(Encoding.UTF8.GetBytes(article.GetRawText())), null);
        }
        catch (JsonException failure)
        {
            return new SourceItem(place, null, failure.Path is { Length: > 2 } path ? $"Field '{path[2..]}' is not as it should be." : "It is no JSON object.");
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> content) =>
        (content.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content).TrimStart(" \t\r\n"u8);
}
