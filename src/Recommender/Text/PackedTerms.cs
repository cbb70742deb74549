using System.Buffers.Binary;
using System.Text;

namespace Recommender.Text;

/// <summary>
/// The terms by which an article is compared, small enough to keep by the million: four bytes of hash and one of weight and place each, sorted by hash, then the surface forms of the
/// most telling. A weight is the square root of the term's count, kept in 32 even steps of its logarithm from 1 to 16, which is off by at most 4.6%.
/// </summary>
public sealed class PackedTerms : IEquatable<PackedTerms>
{
    /// <summary>Most bytes of one article's terms with their surface forms.</summary>
    public const int MaxBytes = 892;

    /// <summary>Most terms that fit in <see cref="MaxBytes"/>.</summary>
    public const int MaxCount = (MaxBytes - Header - 1) / TermLength;

    /// <summary>Number of levels that a weight can have.</summary>
    public const int Levels = PackedTerm.Levels;

    private const byte Version = 3;
    private const int Header = 2 + sizeof(ushort);
    private const int TermLength = sizeof(uint) + 1;
    private const int LongestSurface = 40;
    private const uint NameBit = 2;
    private const double LongestText = 65_536;

    private readonly byte[] packed;

    private PackedTerms(byte[] packed) => this.packed = packed;

    /// <summary>Number of terms.</summary>
    public int Count => BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(1));

    /// <summary>Number of bytes.</summary>
    public int Length => packed.Length;

    /// <summary>How long the whole text is, from 0 for one word to 1 for 65,536, by the logarithm.</summary>
    public float TextLength => TextLengthOf(TextLengthByte);

    /// <summary>The same as it is kept.</summary>
    internal byte TextLengthByte => packed[Header - 1];

    /// <summary>The surface forms as they are kept: the number of them, then for each the place of its term, its length, and its text.</summary>
    internal ReadOnlySpan<byte> SurfaceBytes => packed.AsSpan(At(Count));

    /// <summary>The length that a byte stands for.</summary>
    internal static float TextLengthOf(byte kept) => kept / (float)byte.MaxValue;

    /// <summary>The hash by which a term is known wherever terms are compared: its lowest bit tells a pair of words from a word.</summary>
    public static uint Identity(AnalysedTerm term) => (term.Hash & ~(NameBit | 1)) | (term.IsPair ? 1u : 0u);

    /// <summary>Whether an identity stands for two words.</summary>
    public static bool IsPair(uint identity) => (identity & 1) == 1;

    /// <summary>Identity of the term at a place; identities ascend.</summary>
    public uint HashAt(int place) => Stored(place) & ~NameBit;

    /// <summary>The term at a place.</summary>
    internal PackedTerm TermAt(int place) => new(HashAt(place), (Stored(place) & NameBit) != 0, packed[At(place) + sizeof(uint)]);

    /// <summary>The weight that a level stands for.</summary>
    public static float WeightOf(int level) => PackedTerm.WeightOf(level);

    /// <summary>Level of the weight of the term at a place, below <see cref="Levels"/>.</summary>
    public int LevelAt(int place) => TermAt(place).Level;

    /// <summary>Weight of the term at a place.</summary>
    public float WeightAt(int place) => TermAt(place).Weight;

    /// <summary>Where and how the term at a place stands in the article.</summary>
    public TermTraits TraitsAt(int place) => TermAt(place).Traits;

    /// <summary>The terms whose surface forms are kept, by their identities.</summary>
    public IEnumerable<KeyValuePair<uint, string>> Surfaces
    {
        get
        {
            var at = At(Count);
            for (var left = packed[at++]; left > 0; left--)
            {
                var (place, length) = (packed[at], packed[at + 1]);
                yield return KeyValuePair.Create(HashAt(place), Encoding.UTF8.GetString(packed, at + 2, length));
                at += 2 + length;
            }
        }
    }

    /// <summary>The surface form of a term; null when it is not kept.</summary>
    public string? SurfaceOf(uint identity)
    {
        var at = At(Count);
        for (var left = packed[at++]; left > 0; left--)
        {
            var length = packed[at + 1];
            if (HashAt(packed[at]) == identity)
            {
                return Encoding.UTF8.GetString(packed, at + 2, length);
            }

            at += 2 + length;
        }

        return null;
    }

    /// <summary>Packs terms, the most telling first: of the first, surface forms are kept as long as there is room.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="words">Number of words in the whole text.</param>
    /// <param name="mostBytes">Most bytes. More than usual only to measure what the usual room costs.</param>
    /// <exception cref="ArgumentException">The terms do not fit, or two have one identity.</exception>
    public static PackedTerms Pack(IEnumerable<AnalysedTerm> terms, int words, int mostBytes = MaxBytes)
    {
        var given = terms.ToList();
        var sorted = given.OrderBy(Identity).ToList();
        if (given.Count > Math.Min(ushort.MaxValue, (mostBytes - Header - 1) / TermLength) || sorted.Zip(sorted.Skip(1)).Any(pair => Identity(pair.First) == Identity(pair.Second)))
        {
            throw new ArgumentException($"These terms are not different, or do not fit in {mostBytes} bytes.", nameof(terms));
        }

        return Pack(
            (byte)Math.Round(byte.MaxValue * Math.Clamp(Math.Log(Math.Max(1, words)) / Math.Log(LongestText), 0, 1)),
            sorted.ConvertAll(PackedTerm.Of),
            SurfacesOf(given, sorted, mostBytes - At(sorted.Count) - 1));
    }

    /// <summary>Packs what was unpacked: the text's length in a byte, the terms by their identities, and the surface forms by the places of their terms.</summary>
    internal static PackedTerms Pack(byte textLength, IReadOnlyCollection<PackedTerm> sorted, IReadOnlyCollection<(byte Place, byte[] Text)> surfaces)
    {
        var packed = new MemoryStream(MaxBytes);
        packed.WriteByte(Version);
        packed.WriteByte((byte)sorted.Count);
        packed.WriteByte((byte)(sorted.Count >> 8));
        packed.WriteByte(textLength);
        Span<byte> entry = stackalloc byte[TermLength];
        foreach (var term in sorted)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry, term.Identity | (term.IsName ? NameBit : 0));
            entry[^1] = term.Bits;
            packed.Write(entry);
        }

        packed.WriteByte((byte)surfaces.Count);
        foreach (var (place, text) in surfaces)
        {
            packed.WriteByte(place);
            packed.WriteByte((byte)text.Length);
            packed.Write(text);
        }

        return new PackedTerms(packed.ToArray());
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => packed;

    /// <summary>Reads what <see cref="ToBytes"/> gave; null for bytes of an earlier format, whose articles must be analysed anew.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static PackedTerms? FromBytes(byte[] bytes) =>
        bytes is [< Version, ..] ? null
        : IsWhole(bytes) ? new PackedTerms(bytes)
        : throw new FormatException("These bytes are no packed terms.");

    /// <inheritdoc/>
    public bool Equals(PackedTerms? other) => other is not null && packed.AsSpan().SequenceEqual(other.packed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PackedTerms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(packed);
        return hash.ToHashCode();
    }

    private static int At(int place) => Header + (place * TermLength);

    private uint Stored(int place) => BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(At(place)));

    // Of terms beyond the places that a byte can tell no surface form is kept; in the usual room there are none.
    private static List<(byte Place, byte[] Text)> SurfacesOf(List<AnalysedTerm> terms, List<AnalysedTerm> sorted, int room)
    {
        var places = sorted.Take(byte.MaxValue + 1).Index().ToDictionary(term => Identity(term.Item), term => (byte)term.Index);
        var surfaces = new List<(byte, byte[])>();
        foreach (var term in terms.Where(term => term.Surface.Length is > 0 and <= LongestSurface && places.ContainsKey(Identity(term))))
        {
            var text = Encoding.UTF8.GetBytes(term.Surface);
            room -= text.Length + 2;
            if (room < 0 || surfaces.Count == byte.MaxValue)
            {
                break;
            }

            surfaces.Add((places[Identity(term)], text));
        }

        return surfaces;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header + 1 || bytes[0] != Version || At(BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..])) >= bytes.Length)
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]);
        for (var term = 1; term < count; term++)
        {
            var pair = bytes[At(term - 1)..];
            if ((BinaryPrimitives.ReadUInt32LittleEndian(pair) & ~NameBit) >= (BinaryPrimitives.ReadUInt32LittleEndian(pair[TermLength..]) & ~NameBit))
            {
                return false;
            }
        }

        var at = At(count);
        for (var left = bytes[at++]; left > 0; left--)
        {
            if (at + 1 >= bytes.Length || bytes[at] >= count)
            {
                return false;
            }

            at += 2 + bytes[at + 1];
        }

        return at == bytes.Length;
    }
}
