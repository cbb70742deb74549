using System.IO.Compression;

namespace Recommender.Ingestion.Fetching;

/// <summary>Unpacks what was compressed, never to more than a limit, whatever the headers say of it.</summary>
public static class ContentCoding
{
    private const int BufferLength = 64 * 1024;

    // Servers compress twice by mistake; more often is an attack.
    private const int MaxLayers = 2;

    /// <summary>Unpacks gzip as long as the bytes begin as gzip does; a stream that ends too early gives what it has.</summary>
    /// <exception cref="InvalidDataException">It is damaged from the start, or larger than <paramref name="limit"/> bytes.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> bytes, int limit)
    {
        for (var layer = 0; layer < MaxLayers && IsGzip(bytes.Span); layer++)
        {
            bytes = Decode(bytes, "gzip", limit);
        }

        return bytes;
    }

    /// <summary>Undoes the codings of a Content-Encoding header, last first. Bytes that are not in a coding that is named are left as they are.</summary>
    /// <exception cref="InvalidDataException">A coding is unknown, the content is damaged, or larger than <paramref name="limit"/> bytes.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> bytes, IEnumerable<string> codings, int limit)
    {
        var named = codings.Select(coding => coding.Trim().ToLowerInvariant()).Where(coding => coding is not ("" or "identity")).Reverse().ToList();
        if (named.Count > MaxLayers)
        {
            throw new InvalidDataException($"It is compressed {named.Count} times over.");
        }

        foreach (var coding in named)
        {
            bytes = coding switch
            {
                "gzip" or "x-gzip" => IsGzip(bytes.Span) ? Decode(bytes, "gzip", limit) : bytes,
                "deflate" or "br" => Decode(bytes, coding, limit),
                _ => throw new InvalidDataException($"It is compressed by '{coding}', which was not asked for."),
            };
        }

        return bytes;
    }

    /// <summary>Whether bytes begin as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, ..];

    private static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> bytes, string coding, int limit)
    {
        using var packed = new MemoryStream(bytes.ToArray(), writable: false);
        using Stream unpacking = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ when bytes.Span is [0x78, ..] => new ZLibStream(packed, CompressionMode.Decompress),
            _ => new DeflateStream(packed, CompressionMode.Decompress),
        };
        using var unpacked = new MemoryStream();
        try
        {
            var buffer = new byte[BufferLength];
            while (unpacked.Length <= limit && unpacking.Read(buffer) is > 0 and var read)
            {
                unpacked.Write(buffer, 0, read);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or InvalidOperationException or IOException)
        {
            // What is cut off or damaged only later is worth reading up to there.
            if (unpacked.Length == 0)
            {
                throw new InvalidDataException($"It is not compressed by {coding} as it says.", failure);
            }
        }

        if (unpacked.Length > limit)
        {
            throw new InvalidDataException($"Unpacked it is larger than {limit} bytes.");
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }
}
