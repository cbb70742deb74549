using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json.Serialization;
using Recommender.Articles;

namespace Recommender.Duplicates;

/// <summary>
/// 24 bytes that tell how much of one text is in another: 176 one-bit minima of hashes over its <see cref="Shingles"/> (Li and König, "b-Bit Minwise Hashing", 2010), the number of shingles
/// on a logarithmic scale, and whether the headline is only the start of the body. Two texts that share the fraction J of all their shingles agree in (1 + J) / 2 of the bits, so J is
/// known to within 0.07 (one standard deviation), and with both numbers also how much of the smaller text is in the larger.
/// </summary>
[JsonConverter(typeof(FingerprintConverter))]
public sealed class Fingerprint : IEquatable<Fingerprint>
{
    /// <summary>Bytes.</summary>
    public const int Length = 24;

    private const int Bits = (Length - 2) * 8;
    private const byte HeadlineIsStart = 1;
    private const double StepsPerDoubling = 14;

    private readonly byte[] bytes;

    private Fingerprint(byte[] bytes) => this.bytes = bytes;

    /// <summary>About how many different shingles the text has: within 3% up to 300,000.</summary>
    public double Size => bytes[1] == 0 ? 0 : double.Exp2((bytes[1] - 1) / StepsPerDoubling);

    /// <summary>Whether the headline only repeats how the body, or the dek, begins, so that it is no evidence of its own.</summary>
    public bool HasNoOwnHeadline => (bytes[0] & HeadlineIsStart) != 0;

    /// <summary>The fingerprint of an article's title, dek and body.</summary>
    public static Fingerprint Of(Article article) => Of(article.Title, article.Dek, article.Body);

    /// <summary>The fingerprint of a text.</summary>
    public static Fingerprint Of(string title, string dek, string body)
    {
        var shingles = Shingles.Of(title, dek, body);
        var bytes = new byte[Length];
        bytes[0] = Shingles.BeginsWith(body, title) || Shingles.BeginsWith(dek, title) ? HeadlineIsStart : (byte)0;
        bytes[1] = shingles.Count == 0 ? (byte)0 : (byte)Math.Min(byte.MaxValue, 1 + Math.Round(StepsPerDoubling * Math.Log2(shingles.Count)));
        MinHash.Write(shingles, bytes.AsSpan(2));
        return new Fingerprint(bytes);
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave; null for anything else, such as a fingerprint of another version: that text is unknown.</summary>
    public static Fingerprint? FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length ? new Fingerprint(bytes.ToArray()) : null;

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => [.. bytes];

    /// <summary>Estimated share of both texts' shingles that are in both, 0 to 1 (Jaccard's index).</summary>
    public double Resemblance(Fingerprint other)
    {
        if (bytes[1] == 0 || other.bytes[1] == 0)
        {
            return 0;
        }

        var different = 0;
        for (var at = 2; at < Length; at += sizeof(ushort))
        {
            different += BitOperations.PopCount((uint)(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) ^ BinaryPrimitives.ReadUInt16LittleEndian(other.bytes.AsSpan(at))));
        }

        return Math.Max(0, 1 - (2.0 * different / Bits));
    }

    /// <summary>The share of the smaller text's shingles that the larger one has too, given the two texts' resemblance: <c>J (a + b) / ((1 + J) min(a, b))</c>.</summary>
    public double Containment(Fingerprint other, double resemblance)
    {
        var smaller = Math.Min(Size, other.Size);
        return smaller == 0 ? 0 : Math.Min(1, resemblance * (Size + other.Size) / ((1 + resemblance) * smaller));
    }

    /// <inheritdoc/>
    public bool Equals(Fingerprint? other) => other is not null && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(^sizeof(int)..));

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(bytes);
}
