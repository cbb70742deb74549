using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;
using Recommender.Sites;

namespace Recommender.Ingestion.Sources;

/// <summary>Reads a stream of articles, whatever it turns out to hold: JSON Lines as they come, anything else whole.</summary>
internal sealed class SourceStream(FeedArticles feeds, IngestionOptions options)
{
    private const int Looked = 64 * 1024;

    /// <summary>The articles of a stream.</summary>
    /// <param name="site">Their site.</param>
    /// <param name="stream">Compressed by gzip or not.</param>
    /// <param name="place">What the stream is called.</param>
    /// <param name="isLines">Whether it is JSON Lines unless it clearly is something else.</param>
    /// <param name="moved">Called when more was read.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<SourceItem> ReadAsync(
        Site site, Stream stream, string place, bool isLines, Action moved, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var packed = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Looked, leaveOpen: true));
        var magic = await packed.ReadAtLeastAsync(3, cancellation);
        var isGzip = ContentCoding.IsGzip(Beginning(magic, 3));
        packed.AdvanceTo(magic.Buffer.Start);
        await using Stream? unpacking = isGzip ? new GZipStream(packed.AsStream(), CompressionMode.Decompress) : null;
        var reader = unpacking is null ? packed : PipeReader.Create(unpacking, new StreamPipeReaderOptions(bufferSize: Looked));

        var beginning = await reader.ReadAtLeastAsync(Looked, cancellation);
        var bytes = Beginning(beginning, Looked);
        var isWhole = beginning.IsCompleted && beginning.Buffer.Length <= Looked;
        reader.AdvanceTo(beginning.Buffer.Start);
        var kind = ContentSniffer.Sniff(TextDecoding.Decode(bytes));
        var items = kind is SniffedKind.Json or SniffedKind.Unknown && (isLines || JsonArticles.AreLines(bytes, isWhole))
            ? LinesAsync(reader.AsStream(), place, cancellation)
            : WholeAsync(site, reader.AsStream(), kind, place, cancellation);
        await foreach (var item in items)
        {
            moved();
            yield return item;
        }
    }

    private static byte[] Beginning(ReadResult result, int length)
    {
        var bytes = new byte[Math.Min(length, result.Buffer.Length)];
        var at = 0;
        foreach (var segment in result.Buffer.Slice(0, bytes.Length))
        {
            segment.Span.CopyTo(bytes.AsSpan(at));
            at += segment.Length;
        }

        return bytes;
    }

    private static async IAsyncEnumerable<SourceItem> LinesAsync(Stream stream, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in ArticleLines.ReadAsync(stream, cancellation))
        {
            yield return new SourceItem($"{place}:{line.Number}", line.Input, line.Error);
        }
    }

    private async IAsyncEnumerable<SourceItem> WholeAsync(
        Site site, Stream stream, SniffedKind kind, string place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var content = await ReadAsync(stream, place, cancellation);
        if (kind == SniffedKind.Json && JsonArticles.TryRead(content, place, out var articles))
        {
            foreach (var article in articles)
            {
                yield return article;
            }
        }
        else if (kind == SniffedKind.Json && !IsJsonFeed(content))
        {
            await foreach (var line in LinesAsync(new MemoryStream(content), place, cancellation))
            {
                yield return line;
            }
        }
        else if (kind == SniffedKind.Html)
        {
            yield return HtmlFile.Read(site, TextDecoding.Decode(content), place);
        }
        else
        {
            var feed = FeedReader.Read(site, TextDecoding.Decode(content), null);
            await foreach (var item in feeds.ReadAsync(site, feed, isOnline: false, null, cancellation))
            {
                yield return item;
            }
        }
    }

    private static bool IsJsonFeed(byte[] content) => content.AsSpan().IndexOf("\"items\""u8) >= 0;

    private async Task<byte[]> ReadAsync(Stream stream, string place, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[Looked];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (content.Length + read > options.MaxBytes)
            {
                throw new InvalidDataException($"{place} is larger than {options.MaxBytes} bytes, and only JSON Lines are read piece by piece.");
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
