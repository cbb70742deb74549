using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>
/// An article's place among the latent subjects of its site, a signed byte for each: the direction only. Vectors of different sources or projections say nothing about each other.
/// </summary>
public sealed class LatentVector : IEquatable<LatentVector>
{
    private readonly byte[] packed;
    private readonly float length;

    private LatentVector(byte[] packed)
    {
        this.packed = packed;
        length = MathF.Sqrt(Values.ToArray().Sum(value => (float)(value * value)));
    }

    /// <summary>What it was made of.</summary>
    public LatentSource Source => (LatentSource)packed[0];

    /// <summary>Which projection of its source it comes from.</summary>
    public byte Projection => packed[1];

    private ReadOnlySpan<sbyte> Values => MemoryMarshal.Cast<byte, sbyte>(packed.AsSpan(2));

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

        var packed = new byte[values.Length + 2];
        (packed[0], packed[1]) = ((byte)source, projection);
        for (var i = 0; i < values.Length; i++)
        {
            packed[i + 2] = unchecked((byte)(sbyte)MathF.Round(values[i] / Math.Abs(largest) * sbyte.MaxValue));
        }

        return new LatentVector(packed);
    }

    /// <summary>Cosine of two, not below 0; null when they come from different sources or projections.</summary>
    public static double? Cosine(LatentVector? left, LatentVector? right)
    {
        if (left is null || right is null || left.Source != right.Source || left.Projection != right.Projection || left.packed.Length != right.packed.Length)
        {
            return null;
        }

        var product = 0;
        var l = left.Values;
        var r = right.Values;
        for (var i = 0; i < l.Length; i++)
        {
            product += l[i] * r[i];
        }

        return Math.Clamp(product / (left.length * right.length), 0, 1);
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes() => packed;

    /// <summary>Reads what <see cref="ToBytes"/> gave; null for anything else.</summary>
    public static LatentVector? FromBytes(byte[]? bytes) => bytes is [(byte)LatentSource.Terms or (byte)LatentSource.Embeddings, _, _, ..] && bytes.AsSpan(2).ContainsAnyExcept((byte)0) ? new LatentVector(bytes) : null;

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
