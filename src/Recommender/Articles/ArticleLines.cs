using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommender.Articles;

/// <summary>The interchange format: JSON Lines, one <see cref="ArticleInput"/> a line, UTF-8.</summary>
public static class ArticleLines
{
    /// <summary>Bytes that one line may have.</summary>
    public const int MaxLineLength = 8 * 1024 * 1024;

    private static readonly ArticleLinesJson Json = new(new JsonSerializerOptions(ArticleLinesJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[] LineFeed = [(byte)'\n'];

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a stream line by line; blank lines are skipped, a line that is not an article comes back with its error and reading goes on.</summary>
    public static async IAsyncEnumerable<ArticleLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var number = 0;
        var isTooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            var lines = new List<ArticleLine>();
            while (TryTakeLine(ref buffer, read.IsCompleted, out var line))
            {
                number++;
                if (isTooLong || line.Length > MaxLineLength)
                {
                    lines.Add(TooLong(number));
                    isTooLong = false;
                }
                else if (Parse(number, line) is { } parsed)
                {
                    lines.Add(parsed);
                }
            }

            if (buffer.Length > MaxLineLength)
            {
                isTooLong = true;
                buffer = buffer.Slice(buffer.End);
            }
            else if (isTooLong && read.IsCompleted)
            {
                lines.Add(TooLong(number + 1));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            foreach (var line in lines)
            {
                yield return line;
            }

            if (read.IsCompleted)
            {
                await reader.CompleteAsync();
                yield break;
            }
        }
    }

    /// <summary>Reads one article from JSON, as of one line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ArticleInput Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Json.ArticleInput) ?? throw new JsonException("The value is null.");

    /// <summary>Writes one article as a line, line feed included.</summary>
    public static async Task WriteAsync(Stream stream, Article article, CancellationToken cancellation = default)
    {
        await JsonSerializer.SerializeAsync(stream, InputOf(article), Json.ArticleInput, cancellation);
        await stream.WriteAsync(LineFeed, cancellation);
    }

    /// <summary>As <see cref="WriteAsync"/>, with what the engine found out about it.</summary>
    public static async Task WriteAnswerAsync(Stream stream, Article article, CancellationToken cancellation = default)
    {
        await JsonSerializer.SerializeAsync(stream, InputOf(article) with { Thread = article.Thread }, Json.ArticleAnswer, cancellation);
        await stream.WriteAsync(LineFeed, cancellation);
    }

    private static ArticleAnswer InputOf(Article article) => new()
    {
        Id = article.Id,
        Url = article.Url,
        Title = Escape(article.Title),
        Dek = article.Dek.Length == 0 ? null : Escape(article.Dek),
        Body = article.Body.Length == 0 ? null : Escape(article.Body),
        Published = article.Published.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        Updated = article.Updated?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        Topics = article.Topics.Count == 0 ? null : [.. article.Topics.Select(topic => Escape(topic.Name))],
        AssignedTopics = article.AssignedTopics.Count == 0 ? null : [.. article.AssignedTopics.Select(topic => Escape(topic.Name))],
        Authors = article.Authors.Count == 0 ? null : [.. article.Authors.Select(Escape)],
        Language = article.Language,
        Image = article.Image is { } image ? image with { Alt = Escape(image.Alt) } : null,
        Links = article.Links.Count == 0 ? null : article.Links,
        Evergreen = article.Evergreen ? true : null,
    };

    // Text that looks like markup was text all the same, and has to come back as it was.
    private static string Escape(string text) => PlainText.IsPlain(text) ? text : text
        .Replace("&", "&amp;amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ArticleLine TooLong(int number) => new(number, null, $"The line is longer than {MaxLineLength} bytes.");

    private static ArticleLine? Parse(int number, ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray().AsSpan();
        if (number == 1 && bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        bytes = bytes.Trim(" \t\r"u8);
        if (bytes.IsEmpty)
        {
            return null;
        }

        try
        {
            Utf8.GetCharCount(bytes);
            return new ArticleLine(number, Parse(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return new ArticleLine(number, null, "The line is not UTF-8.");
        }
        catch (JsonException failure)
        {
            var at = failure.BytePositionInLine is { } position ? $" (byte {position + 1})" : "";
            var field = failure.Path is { Length: > 2 } path ? $"Field '{path[2..]}' is not as it should be" : "The line is no JSON object";
            return new ArticleLine(number, null, $"{field}{at}.");
        }
    }
}

/// <summary>One line: the input, or what is wrong with it.</summary>
/// <param name="Number">From 1, blank lines counted.</param>
/// <param name="Input">The article, or null.</param>
/// <param name="Error">What is wrong, or null.</param>
public readonly record struct ArticleLine(int Number, ArticleInput? Input, string? Error);

/// <summary>JSON of the interchange format.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LooseTextConverter), typeof(LooseImageConverter)])]
[JsonSerializable(typeof(ArticleInput))]
[JsonSerializable(typeof(ArticleAnswer))]
internal sealed partial class ArticleLinesJson : JsonSerializerContext;
