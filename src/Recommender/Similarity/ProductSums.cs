using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>Adds up the products of a term's weight in a page and its weights in the articles that have it.</summary>
internal static class ProductSums
{
    private static readonly float[] Levels = [.. Enumerable.Range(0, PackedTerms.Levels).Select(PackedTerms.WeightOf)];

    /// <summary>Adds the products of one term. Not checked, as it is done for each product, and by itself, so that all it needs stays in registers.</summary>
    /// <param name="sums">The sums, from the first article on to the last that has an entry, at least.</param>
    /// <param name="entries">The number of each article that has the term, with the level of its weight there in the <see cref="Posting.LevelBits"/> lowest bits.</param>
    /// <param name="weight">The term's weight in the page.</param>
    /// <param name="first">The number of the first article that has a sum.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(Span<float> sums, ReadOnlySpan<uint> entries, float weight, int first)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var level = ref MemoryMarshal.GetArrayDataReference(Levels);
        foreach (var entry in entries)
        {
            Unsafe.Add(ref sum, (nint)(entry >> Posting.LevelBits) - first) += weight * Unsafe.Add(ref level, (nint)(entry & Posting.LevelMask));
        }
    }
}
