using System.Text;
using System.Text.Json;

namespace Recommender.Similarity;

/// <summary>
/// The bytes in which a neighbour list is kept: the page's card, then the neighbours. Words and topics are written out where they first stand and by number from then on; similarities are kept
/// to six places, as they are made, and instants without an offset.
/// </summary>
public static class PackedNeighbours
{
    private const byte Version = 1;
    private const double Places = 1e6;

    /// <summary>Packs a list.</summary>
    public static byte[] Pack(NeighbourList list)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        WriteBytes(writer, JsonSerializer.SerializeToUtf8Bytes(list.Page, EngineJson.Default.ArticleCard));
        writer.Write7BitEncodedInt(list.Neighbours.Count);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var neighbour in list.Neighbours)
        {
            writer.Write(neighbour.Id);
            writer.Write7BitEncodedInt((int)Math.Round(neighbour.Similarity * Places));
            writer.Write7BitEncodedInt((int)Math.Round(neighbour.Strength * Places));
            writer.Write(neighbour.Published.UtcTicks);
            writer.Write(neighbour.Evergreen);
            WriteBytes(writer, neighbour.Features);
            WriteWords(writer, known, neighbour.Terms);
            WriteWords(writer, known, neighbour.Topics);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Pack"/> gave; null for bytes of another format, whose list is to be made anew.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static NeighbourList? Unpack(byte[] bytes)
    {
        if (bytes is not [Version, ..])
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1, writable: false), Encoding.UTF8);
            var page = JsonSerializer.Deserialize(ReadBytes(reader), EngineJson.Default.ArticleCard)!;
            var neighbours = new Neighbour[ReadCount(reader)];
            var known = new List<string>();
            for (var place = 0; place < neighbours.Length; place++)
            {
                neighbours[place] = ReadNeighbour(reader, known);
            }

            return new NeighbourList(page, neighbours);
        }
        catch (Exception failure) when (failure is IOException or JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("This list of neighbours is damaged.", failure);
        }
    }

    private static Neighbour ReadNeighbour(BinaryReader reader, List<string> known)
    {
        var id = reader.ReadString();
        var similarity = reader.Read7BitEncodedInt() / Places;
        var strength = reader.Read7BitEncodedInt() / Places;
        var published = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var evergreen = reader.ReadBoolean();
        var features = ReadBytes(reader);
        var terms = ReadWords(reader, known);
        return new Neighbour(id, similarity, published, terms) { Strength = strength, Evergreen = evergreen, Features = features, Topics = ReadWords(reader, known) };
    }

    private static void WriteWords(BinaryWriter writer, Dictionary<string, int> known, IReadOnlyList<string> words)
    {
        writer.Write7BitEncodedInt(words.Count);
        foreach (var word in words)
        {
            if (known.TryGetValue(word, out var number))
            {
                writer.Write7BitEncodedInt(number);
                continue;
            }

            writer.Write7BitEncodedInt(known.Count);
            writer.Write(word);
            known.Add(word, known.Count);
        }
    }

    private static string[] ReadWords(BinaryReader reader, List<string> known)
    {
        var words = new string[ReadCount(reader)];
        for (var place = 0; place < words.Length; place++)
        {
            var number = reader.Read7BitEncodedInt();
            if (number == known.Count)
            {
                known.Add(reader.ReadString());
            }

            words[place] = known[number];
        }

        return words;
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    // Whatever is counted takes a byte at least.
    private static int ReadCount(BinaryReader reader) =>
        reader.Read7BitEncodedInt() is var count && count >= 0 && count <= reader.BaseStream.Length ? count : throw new FormatException();

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var length = ReadCount(reader);
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
