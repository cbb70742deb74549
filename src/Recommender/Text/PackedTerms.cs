using System.Buffers.Binary;
using System.Text;

namespace Recommender.Text;

/// <summary>
/// The terms by which an article is compared, small enough to keep by the million: four bytes of hash and one of weight each, sorted by hash, and the surface forms of the best of them.
/// A weight is kept in steps of 1/32 up to 7.97, which is off by at most 1.6%.
/// </summary>
public sealed class PackedTerms : IEquatable<PackedTerms>
{
    /// <summary>Most terms.</summary>
    public const int MaxCount = 255;

    /// <summary>Most surface forms.</summary>
    public const int MaxSurfaces = 32;

    private const byte Version = 1;
    private const float Steps = 32;
    private const int TermLength = sizeof(uint) + 1;
    private const int LongestSurface = 60;

    private readonly byte[] packed;

    private PackedTerms(byte[] packed) => this.packed = packed;

    /// <summary>Number of terms.</summary>
    public int Count => packed[1];

    /// <summary>Hash of the term at a place; hashes ascend.</summary>
    public uint HashAt(int place) => BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(2 + (place * TermLength)));

    /// <summary>Weight of the term at a place.</summary>
    public float WeightAt(int place) => packed[2 + (place * TermLength) + sizeof(uint)] / Steps;

    /// <summary>The surface form of a term; null when it is not kept.</summary>
    public string? SurfaceOf(uint hash)
    {
        var at = 2 + (Count * TermLength);
        for (var left = packed[at++]; left > 0; left--)
        {
            var length = packed[at + 1];
            if (HashAt(packed[at]) == hash)
            {
                return Encoding.UTF8.GetString(packed, at + 2, length);
            }

            at += 2 + length;
        }

        return null;
    }

    /// <summary>Packs terms, the most telling first: the surface forms of the first <see cref="MaxSurfaces"/> are kept.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxCount"/>, or two with one hash.</exception>
    public static PackedTerms Pack(IEnumerable<AnalysedTerm> terms)
    {
        var given = terms.ToList();
        var sorted = given.OrderBy(term => term.Hash).ToList();
        if (given.Count > MaxCount || sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.Hash == pair.Second.Hash))
        {
            throw new ArgumentException($"At most {MaxCount} terms with different hashes can be packed.", nameof(terms));
        }

        var packed = new MemoryStream();
        packed.WriteByte(Version);
        packed.WriteByte((byte)sorted.Count);
        Span<byte> entry = stackalloc byte[TermLength];
        foreach (var term in sorted)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry, term.Hash);
            entry[^1] = (byte)Math.Clamp(MathF.Round(term.Weight * Steps), 1, byte.MaxValue);
            packed.Write(entry);
        }

        var surfaces = given.Where(term => term.Surface.Length is > 0 and <= LongestSurface && Encoding.UTF8.GetByteCount(term.Surface) <= byte.MaxValue).Take(MaxSurfaces).ToList();
        packed.WriteByte((byte)surfaces.Count);
        foreach (var term in surfaces)
        {
            var text = Encoding.UTF8.GetBytes(term.Surface);
            packed.WriteByte((byte)sorted.FindIndex(other => other.Hash == term.Hash));
            packed.WriteByte((byte)text.Length);
            packed.Write(text);
        }

        return new PackedTerms(packed.ToArray());
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => packed;

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static PackedTerms FromBytes(byte[] bytes)
    {
        if (!IsWhole(bytes))
        {
            throw new FormatException("These bytes are no packed terms.");
        }

        return new PackedTerms(bytes);
    }

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

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3 || bytes[0] != Version)
        {
            return false;
        }

        var count = bytes[1];
        var at = 2 + (count * TermLength);
        if (at >= bytes.Length)
        {
            return false;
        }

        for (var term = 1; term < count; term++)
        {
            var pair = bytes[(2 + ((term - 1) * TermLength))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(pair) >= BinaryPrimitives.ReadUInt32LittleEndian(pair[TermLength..]))
            {
                return false;
            }
        }

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
