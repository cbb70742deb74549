using System.Buffers.Binary;

namespace Recommender.Similarity;

/// <summary>
/// In what share of a site's articles each term stands, counted in whole texts at reindex. An index knows only the terms that were kept of each article, so it takes what is common for
/// rare: a word that half of the articles have may be among the best terms of none but three. Of rare terms it knows better, for they are kept wherever they stand.
/// </summary>
public sealed class TermShares
{
    /// <summary>Most articles that are counted; of more, a sample tells as much of what is common.</summary>
    public const int MostArticles = 4_096;

    private const byte Version = 1;
    private const int Header = 1 + (2 * sizeof(int));
    private const int EntryLength = sizeof(uint) + sizeof(ushort);
    private const int FewestOccurrences = 2;
    private const int MostTerms = 131_072;

    private readonly Dictionary<uint, ushort> frequencies;
    private readonly int counted;

    private TermShares(Dictionary<uint, ushort> frequencies, int counted) => (this.frequencies, this.counted) = (frequencies, counted);

    /// <summary>Those of a site that was never reindexed: nothing is known to be common.</summary>
    public static TermShares None { get; } = new([], 1);

    /// <summary>Number of terms that are known.</summary>
    public int Count => frequencies.Count;

    /// <summary>Those terms.</summary>
    public IEnumerable<uint> Terms => frequencies.Keys;

    /// <summary>Counts terms.</summary>
    /// <param name="articles">The identities of all terms of each article, at most <see cref="MostArticles"/> articles.</param>
    /// <exception cref="ArgumentException">There are more articles.</exception>
    public static TermShares Of(IReadOnlyCollection<IReadOnlySet<uint>> articles)
    {
        if (articles.Count > MostArticles)
        {
            throw new ArgumentException($"At most {MostArticles} articles are counted.", nameof(articles));
        }

        var frequencies = new Dictionary<uint, ushort>();
        foreach (var term in articles.SelectMany(terms => terms))
        {
            frequencies[term] = (ushort)(frequencies.GetValueOrDefault(term) + 1);
        }

        var common = frequencies
            .Where(term => term.Value >= FewestOccurrences)
            .OrderByDescending(term => term.Value)
            .ThenBy(term => term.Key)
            .Take(MostTerms);
        return new TermShares(new Dictionary<uint, ushort>(common), Math.Max(1, articles.Count));
    }

    /// <summary>Number of articles in which a term stands, of so many; 0 for one that is not known.</summary>
    public int FrequencyOf(uint term, int articles) => Of(ShareOf(term), articles);

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Header + (frequencies.Count * EntryLength)];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), counted);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + sizeof(int)), frequencies.Count);
        var rest = bytes.AsSpan(Header);
        foreach (var (term, frequency) in frequencies.OrderBy(term => term.Key))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, term);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[sizeof(uint)..], frequency);
            rest = rest[EntryLength..];
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static TermShares FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header || bytes[0] != Version)
        {
            throw new FormatException("These bytes are no shares of terms.");
        }

        var (counted, count) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[(1 + sizeof(int))..]));
        if (counted is < 1 or > MostArticles || count < 0 || bytes.Length != Header + ((long)count * EntryLength))
        {
            throw new FormatException("These shares of terms are damaged.");
        }

        var frequencies = new Dictionary<uint, ushort>(count);
        for (var rest = bytes[Header..]; rest.Length > 0; rest = rest[EntryLength..])
        {
            frequencies[BinaryPrimitives.ReadUInt32LittleEndian(rest)] = BinaryPrimitives.ReadUInt16LittleEndian(rest[sizeof(uint)..]);
        }

        return new TermShares(frequencies, counted);
    }

    /// <summary>Share of the articles in which a term stands, 0 to 1; 0 for one that is not known.</summary>
    internal float ShareOf(uint term) => frequencies.GetValueOrDefault(term) / (float)counted;

    /// <summary>Number of articles that a share is, of so many.</summary>
    internal static int Of(float share, int articles) => (int)MathF.Round(share * articles);
}
