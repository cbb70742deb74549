using System.Text;

namespace Recommender.Tables.Sqlite;

/// <summary>
/// A row's values as one blob: a format number, a count, then name, type and value of each. Text is UTF-8 behind its length,
/// numbers are little-endian, an instant is its UTC ticks.
/// </summary>
internal static class PackedProperties
{
    private const byte Format = 1;

    private enum Kind : byte
    {
        Text = 1,
        Bytes = 2,
        Number = 3,
        Real = 4,
        False = 5,
        True = 6,
        Time = 7,
    }

    /// <summary>Packs values of the types that <see cref="TableRow"/> names.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, object> properties)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write7BitEncodedInt(properties.Count);
        foreach (var (name, value) in properties)
        {
            writer.Write(name);
            Write(writer, value);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The values that <see cref="Pack"/> was given.</summary>
    /// <exception cref="InvalidDataException">The blob was not made by <see cref="Pack"/>.</exception>
    public static Dictionary<string, object> Unpack(byte[] blob)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(blob, writable: false), Encoding.UTF8);
            if (reader.ReadByte() != Format)
            {
                throw new InvalidDataException("The row was written by another version.");
            }

            var properties = new Dictionary<string, object>(StringComparer.Ordinal);
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                properties.Add(reader.ReadString(), Read(reader));
            }

            return properties;
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("The row is damaged.", broken);
        }
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)Kind.Text);
                writer.Write(text);
                break;
            case byte[] bytes:
                writer.Write((byte)Kind.Bytes);
                writer.Write7BitEncodedInt(bytes.Length);
                writer.Write(bytes);
                break;
            case long number:
                writer.Write((byte)Kind.Number);
                writer.Write(number);
                break;
            case double real:
                writer.Write((byte)Kind.Real);
                writer.Write(real);
                break;
            case bool flag:
                writer.Write((byte)(flag ? Kind.True : Kind.False));
                break;
            case DateTimeOffset time:
                writer.Write((byte)Kind.Time);
                writer.Write(time.UtcTicks);
                break;
            default:
                throw new TableLimitException($"A table cannot hold a {value.GetType().Name}.");
        }
    }

    private static object Read(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Text => reader.ReadString(),
        Kind.Bytes => ReadBytes(reader),
        Kind.Number => reader.ReadInt64(),
        Kind.Real => reader.ReadDouble(),
        Kind.False => false,
        Kind.True => true,
        Kind.Time => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        var other => throw new InvalidDataException($"The row holds a value of the unknown kind {other}."),
    };

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
