using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Text;
using Recommender.Similarity;

namespace Recommender.Embeddings;

/// <summary>
/// Makes the few bytes that an article keeps of a model's long vector: what all articles of the site have in common is taken off, and the rest is seen along the directions in which they
/// differ most. Cosines of a model's vectors all lie close together; those of what is left are near 0 for articles that have nothing in common, as ranking expects of subjects.
/// </summary>
public sealed class EmbeddingReduction
{
    /// <summary>Most directions, and so bytes of an article's vector.</summary>
    public const int MaxRank = LatentTrainer.Rank;

    private const byte Version = 1;
    private const int LongestModel = 1_000;
    private readonly float[] centre;
    private readonly float[][] directions;

    /// <summary>Makes it of what was learned.</summary>
    /// <param name="model">Identity of the model whose vectors it is for.</param>
    /// <param name="sampled">Number of articles that were to be learned from.</param>
    /// <param name="centre">The mean of their vectors, each of length 1.</param>
    /// <param name="directions">Directions, at right angles and of length 1.</param>
    internal EmbeddingReduction(string model, int sampled, float[] centre, float[][] directions) =>
        (Model, Sampled, this.centre, this.directions) = (model, sampled, centre, directions);

    /// <summary>Identity of the model whose vectors it is for.</summary>
    public string Model { get; }

    /// <summary>Number of articles that were to be learned from, those included whose vectors could not be had.</summary>
    public int Sampled { get; }

    /// <summary>Length of the model's vectors.</summary>
    public int Dimensions => centre.Length;

    /// <summary>Length of what becomes of them.</summary>
    public int Rank => directions.Length;

    /// <summary>The mean of the vectors it was learned from, each of length 1.</summary>
    public ReadOnlySpan<float> Centre => centre;

    /// <summary>An article's place by its vector; null when there is nothing special in it.</summary>
    /// <param name="vector">The model's vector, of any length but 0.</param>
    /// <param name="generation">Which of the site's reductions this is.</param>
    /// <exception cref="ArgumentException">The vector has not <see cref="Dimensions"/> numbers.</exception>
    public LatentVector? Reduce(ReadOnlySpan<float> vector, long generation) => LatentVector.Quantise(LatentSource.Embeddings, (byte)generation, Project(vector));

    /// <summary>The same before it is packed.</summary>
    public float[] Project(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
        {
            throw new ArgumentException($"The vector has {vector.Length} numbers, not {Dimensions}.", nameof(vector));
        }

        var special = Special(vector, centre);
        return Array.ConvertAll(directions, direction => TensorPrimitives.Dot<float>(special, direction));
    }

    /// <summary>A vector at length 1 without the common centre.</summary>
    public static float[] Special(ReadOnlySpan<float> vector, ReadOnlySpan<float> centre)
    {
        var special = new float[vector.Length];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), special);
        TensorPrimitives.Subtract(special, centre, special);
        return special;
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes()
    {
        var model = Encoding.UTF8.GetBytes(Model);
        var bytes = new byte[1 + (4 * sizeof(int)) + model.Length + ((Rank + 1) * Dimensions * sizeof(float))];
        bytes[0] = Version;
        var at = 1;
        foreach (var number in (int[])[model.Length, Sampled, Dimensions, Rank])
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            at += sizeof(int);
        }

        model.CopyTo(bytes, at);
        at += model.Length;
        foreach (var value in directions.Prepend(centre).SelectMany(values => values))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), value);
            at += sizeof(float);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static EmbeddingReduction FromBytes(ReadOnlySpan<byte> bytes)
    {
        const int Header = 1 + (4 * sizeof(int));
        if (bytes.Length < Header || bytes[0] != Version)
        {
            throw new FormatException("These bytes are no reduction.");
        }

        var (name, sampled, dimensions, rank) = (Number(bytes, 0), Number(bytes, 1), Number(bytes, 2), Number(bytes, 3));
        if (name is < 0 or > LongestModel || sampled < 0 || dimensions < 1 || rank is < 1 or > MaxRank
            || bytes.Length != Header + name + ((rank + 1L) * dimensions * sizeof(float)))
        {
            throw new FormatException("This reduction is damaged.");
        }

        var rest = bytes[(Header + name)..];
        var rows = new float[rank + 1][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new float[dimensions];
            for (var place = 0; place < dimensions; place++)
            {
                rows[row][place] = BinaryPrimitives.ReadSingleLittleEndian(rest[(((row * dimensions) + place) * sizeof(float))..]);
            }
        }

        return new EmbeddingReduction(Encoding.UTF8.GetString(bytes.Slice(Header, name)), sampled, rows[0], rows[1..]);
    }

    private static int Number(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadInt32LittleEndian(bytes[(1 + (place * sizeof(int)))..]);
}
