using System.Buffers.Binary;

namespace Recommender.Similarity;

/// <summary>In how many of a site's articles each term stands, as it was when a run began: every process that works on the run, and every one that goes on with it, chooses terms by the same.</summary>
public sealed class TermCounts : ITermWorths
{
    private const byte Version = 1;
    private const int Header = 1 + (2 * sizeof(int));
    private const int EntryLength = 2 * sizeof(uint);
    private readonly Dictionary<uint, int> frequencies;

    /// <summary>Takes the counts of terms that stand in more than one article.</summary>
    /// <param name="frequencies">The number of articles for each term, by its identity.</param>
    /// <param name="articles">Number of articles.</param>
    public TermCounts(IEnumerable<KeyValuePair<uint, int>> frequencies, int articles) => (this.frequencies, Count) = (new Dictionary<uint, int>(frequencies), articles);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public double Worth(uint term) => TermStatistics.Worth(term, frequencies.GetValueOrDefault(term, 1), Count);

    /// <summary>The bytes to keep: the same for the same counts.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Header + (frequencies.Count * EntryLength)];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + sizeof(int)), frequencies.Count);
        var rest = bytes.AsSpan(Header);
        foreach (var (term, frequency) in frequencies.OrderBy(term => term.Key))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, term);
            BinaryPrimitives.WriteInt32LittleEndian(rest[sizeof(uint)..], frequency);
            rest = rest[EntryLength..];
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static TermCounts FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header || bytes[0] != Version || bytes.Length != Header + ((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[(1 + sizeof(int))..]) * EntryLength))
        {
            throw new FormatException("These bytes are no counts of terms.");
        }

        var frequencies = new Dictionary<uint, int>((bytes.Length - Header) / EntryLength);
        for (var rest = bytes[Header..]; rest.Length > 0; rest = rest[EntryLength..])
        {
            frequencies[BinaryPrimitives.ReadUInt32LittleEndian(rest)] = BinaryPrimitives.ReadInt32LittleEndian(rest[sizeof(uint)..]);
        }

        return new TermCounts(frequencies, BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]));
    }
}
