using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>
/// An article's place among the latent subjects of its site, a signed byte for each: the direction only. Vectors of different sources or projections say nothing about each other.
/// </summary>
public sealed class LatentVector : IEquatable<LatentVector>
{
    private const int Header = 2;

    private readonly byte[] packed;

    private LatentVector(byte[] packed) => this.packed = packed;

    /// <summary>What it was made of.</summary>
    public LatentSource Source => (LatentSource)packed[0];

    /// <summary>Which projection of its source it comes from.</summary>
    public byte Projection => packed[1];

    /// <summary>The direction of <paramref name="values"/>, in steps of 1/127 of the largest; null when they have none.</summary>
    public static LatentVector? Quantise(byte projection, ReadOnlySpan<float> values) => Quantise(LatentSource.Terms, projection, values);

    /// <inheritdoc cref="Quantise(byte, ReadOnlySpan{float})"/>
    public static LatentVector? Quantise(LatentSource source, byte projection, ReadOnlySpan<float> values)
    {
        var largest = TensorPrimitives.MaxMagnitude(values);
        if (!float.IsFinite(largest) || largest == 0)
        {
            return null;
        }

        var packed = new byte[values.Length + Header];
        (packed[0], packed[1]) = ((byte)source, projection);
        for (var i = 0; i < values.Length; i++)
        {
            packed[i + Header] = unchecked((byte)(sbyte)MathF.Round(values[i] / Math.Abs(largest) * sbyte.MaxValue));
        }

        return new LatentVector(packed);
    }

    /// <summary>Cosine of two, not below 0; null when they come from different sources or projections.</summary>
    public static double? Cosine(LatentVector? left, LatentVector? right) => left is null || right is null ? null : Cosine(left.packed, right.packed);

    /// <summary>The same of the bytes that <see cref="ToBytes"/> gives; none for an article that has no vector.</summary>
    internal static double? Cosine(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length == 0 || left.Length != right.Length || !left[..Header].SequenceEqual(right[..Header]))
        {
            return null;
        }

        var l = MemoryMarshal.Cast<byte, sbyte>(left[Header..]);
        var r = MemoryMarshal.Cast<byte, sbyte>(right[Header..]);
        return Math.Clamp(Product(l, r) / (MathF.Sqrt(Product(l, l)) * MathF.Sqrt(Product(r, r))), 0, 1);
    }

    private static int Product(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var (sums, at) = (Vector<int>.Zero, 0);
        for (; at + Vector<sbyte>.Count <= left.Length; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(left[at..]), out var leftLow, out var leftHigh);
            Vector.Widen(new Vector<sbyte>(right[at..]), out var rightLow, out var rightHigh);
            Vector.Widen(leftLow * rightLow, out var one, out var two);
            Vector.Widen(leftHigh * rightHigh, out var three, out var four);
            sums += one + two + three + four;
        }

        var product = Vector.Sum(sums);
        for (; at < left.Length; at++)
        {
            product += left[at] * right[at];
        }

        return product;
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => packed;

    /// <summary>Reads what <see cref="ToBytes"/> gave; null for anything else.</summary>
    public static LatentVector? FromBytes(byte[]? bytes) => bytes is [(byte)LatentSource.Terms or (byte)LatentSource.Embeddings, _, _, ..] && bytes.AsSpan(Header).ContainsAnyExcept((byte)0) ? new LatentVector(bytes) : null;

    /// <inheritdoc/>
    public bool Equals(LatentVector? other) => other is not null && packed.AsSpan().SequenceEqual(other.packed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LatentVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(packed);
        return hash.ToHashCode();
    }
}

/// <summary>What latent vectors are made of; also the version of their format.</summary>
public enum LatentSource : byte
{
    /// <summary>The article's own words, by <see cref="LatentProjection"/>.</summary>
    Terms = 1,

    /// <summary>A language model's embedding of its text.</summary>
    Embeddings = 2,
}
