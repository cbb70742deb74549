using System.Numerics;
using System.Runtime.InteropServices;

namespace Recommender.Similarity;

/// <summary>Looks through sums of products for those that are large enough for an article's length, many at a time.</summary>
internal static class ProductScan
{
    // So much less is found too, for products are off in the last places.
    private const float Slack = 1 - 1e-4f;

    /// <summary>The next place, from one on, whose sum is more than nothing and about this or more for each of the article's length; as many as there are when there is none.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="lengths">As many lengths.</param>
    /// <param name="least">Not negative.</param>
    /// <param name="from">Where to begin.</param>
    public static int Next(ReadOnlySpan<float> sums, ReadOnlySpan<float> lengths, float least, int from)
    {
        least *= Slack;
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var length = ref MemoryMarshal.GetReference(lengths[..sums.Length]);
        while (from <= sums.Length - Vector<float>.Count && !Vector.GreaterThanAny(Vector.LoadUnsafe(ref sum, (nuint)from), Vector.LoadUnsafe(ref length, (nuint)from) * least))
        {
            from += Vector<float>.Count;
        }

        while (from < sums.Length && !(sums[from] > lengths[from] * least))
        {
            from++;
        }

        return from;
    }
}
