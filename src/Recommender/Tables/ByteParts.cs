using System.Globalization;
using System.IO.Compression;

namespace Recommender.Tables;

/// <summary>Keeps bytes of any length in a row: deflated, in as many values as the limit of one value asks for.</summary>
public static class ByteParts
{
    /// <summary>Bytes in one value: a little below <see cref="TableLimits.BytesPerValue"/>.</summary>
    public const int PartLength = 60 * 1024;

    /// <summary>Adds <paramref name="content"/> to <paramref name="properties"/> under <paramref name="name"/> and a number.</summary>
    public static void Add(IDictionary<string, object> properties, string name, ReadOnlySpan<byte> content)
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        var packed = deflated.GetBuffer().AsSpan(0, (int)deflated.Length);
        for (var part = 0; part == 0 || part * PartLength < packed.Length; part++)
        {
            var length = Math.Min(PartLength, packed.Length - (part * PartLength));
            properties[PartName(name, part)] = packed.Slice(part * PartLength, length).ToArray();
        }
    }

    /// <summary>The content that <see cref="Add"/> was given; null when the row has none under that name.</summary>
    /// <exception cref="InvalidDataException">The parts are damaged.</exception>
    public static byte[]? Read(TableRow row, string name)
    {
        if (row.Bytes(PartName(name, 0)) is not { } first)
        {
            return null;
        }

        using var packed = new MemoryStream();
        packed.Write(first);
        for (var part = 1; row.Bytes(PartName(name, part)) is { } next; part++)
        {
            packed.Write(next);
        }

        packed.Position = 0;
        using var inflate = new DeflateStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        inflate.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Adds to <paramref name="properties"/> what a row has under <paramref name="name"/>, as it is packed there.</summary>
    public static void Copy(TableRow row, IDictionary<string, object> properties, string name)
    {
        for (var part = 0; row.Bytes(PartName(name, part)) is { } packed; part++)
        {
            properties[PartName(name, part)] = packed;
        }
    }

    private static string PartName(string name, int part) => name + part.ToString(CultureInfo.InvariantCulture);
}
