using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// Turns an article's words into its place among the latent subjects of a site: words that stand in the same articles point the same way, so two articles can be near each other
/// without a word in common. Learned by <see cref="LatentTrainer"/>; a byte for each word and subject.
/// </summary>
public sealed class LatentProjection
{
    private const byte Version = 1;
    private const int Header = 6;

    private readonly Dictionary<uint, int> places;
    private readonly float[] told;
    private readonly sbyte[] directions;
    private readonly float[] scales;

    private LatentProjection(uint[] vocabulary, float[] told, sbyte[] directions, float[] scales)
    {
        (this.told, this.directions, this.scales) = (told, directions, scales);
        places = vocabulary.Index().ToDictionary(word => word.Item, word => word.Index);
    }

    /// <summary>Number of subjects.</summary>
    public int Rank => scales.Length;

    /// <summary>Number of words that it knows.</summary>
    public int Words => told.Length;

    /// <summary>Makes it of what was learned.</summary>
    /// <param name="vocabulary">Words, by identity.</param>
    /// <param name="told">What each tells.</param>
    /// <param name="components">For each subject, each word's part in it.</param>
    internal static LatentProjection Of(uint[] vocabulary, float[] told, IReadOnlyList<float[]> components)
    {
        var directions = new sbyte[vocabulary.Length * components.Count];
        var scales = new float[components.Count];
        for (var subject = 0; subject < components.Count; subject++)
        {
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(components[subject]));
            scales[subject] = largest / sbyte.MaxValue;
            for (var word = 0; word < vocabulary.Length && largest > 0; word++)
            {
                directions[(word * components.Count) + subject] = (sbyte)MathF.Round(components[subject][word] / largest * sbyte.MaxValue);
            }
        }

        return new LatentProjection(vocabulary, told, directions, scales);
    }

    /// <summary>An article's place; null when it has none of the words.</summary>
    /// <param name="terms">Its terms.</param>
    /// <param name="generation">Which of the site's projections this is.</param>
    public LatentVector? Project(PackedTerms terms, long generation)
    {
        Span<float> sum = stackalloc float[Rank];
        sum.Clear();
        for (var term = 0; term < terms.Count; term++)
        {
            if (places.TryGetValue(terms.HashAt(term), out var word))
            {
                var weight = terms.WeightAt(term) * told[word];
                var row = directions.AsSpan(word * Rank, Rank);
                for (var subject = 0; subject < row.Length; subject++)
                {
                    sum[subject] += weight * row[subject];
                }
            }
        }

        TensorPrimitives.Multiply(sum, scales, sum);
        return LatentVector.Quantise((byte)generation, sum);
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Header + (Words * (2 * sizeof(uint))) + (Rank * sizeof(float)) + directions.Length];
        bytes[0] = Version;
        bytes[1] = (byte)Rank;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), Words);
        var at = Header;
        foreach (var (word, place) in places)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + (place * sizeof(uint))), word);
        }

        at += Words * sizeof(uint);
        foreach (var value in told.Concat(scales))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), value);
            at += sizeof(float);
        }

        directions.AsSpan().CopyTo(MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan(at)));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static LatentProjection FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header || bytes[0] != Version || bytes[1] == 0)
        {
            throw new FormatException("These bytes are no projection.");
        }

        var (rank, words) = (bytes[1], BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]));
        if (words < 0 || bytes.Length != Header + ((long)words * (2 * sizeof(uint))) + (rank * sizeof(float)) + ((long)words * rank))
        {
            throw new FormatException("This projection is damaged.");
        }

        var rest = bytes[Header..];
        var vocabulary = new uint[words];
        for (var word = 0; word < words; word++)
        {
            vocabulary[word] = BinaryPrimitives.ReadUInt32LittleEndian(rest[(word * sizeof(uint))..]);
        }

        if (vocabulary.Distinct().Count() != words)
        {
            throw new FormatException("This projection is damaged.");
        }

        rest = rest[(words * sizeof(uint))..];
        var floats = new float[words + rank];
        for (var value = 0; value < floats.Length; value++)
        {
            floats[value] = BinaryPrimitives.ReadSingleLittleEndian(rest[(value * sizeof(float))..]);
        }

        var directions = new sbyte[words * rank];
        rest[(floats.Length * sizeof(float))..].CopyTo(MemoryMarshal.Cast<sbyte, byte>(directions.AsSpan()));
        return new LatentProjection(vocabulary, floats[..words], directions, floats[words..]);
    }
}
