using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>The peer: Charikar's SimHash in 64 bits over words and pairs of words, weighted by the logarithm of their count.</summary>
internal static partial class SimHash
{
    /// <summary>The hash of an article's title, dek and body.</summary>
    public static ulong Of(Article article)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var previous = "";
        foreach (var word in Word().Matches($"{article.Title}\n{article.Dek}\n{article.Body}").Select(match => match.Value.ToLowerInvariant()))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, $"{previous} {word}", out _)++;
            previous = word;
        }

        Span<double> sums = stackalloc double[64];
        foreach (var (shingle, count) in counts)
        {
            var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(shingle.AsSpan()));
            var weight = 1 + Math.Log(count);
            for (var bit = 0; bit < sums.Length; bit++)
            {
                sums[bit] += ((hash >> bit) & 1) == 1 ? weight : -weight;
            }
        }

        var result = 0ul;
        for (var bit = 0; bit < sums.Length; bit++)
        {
            result |= sums[bit] > 0 ? 1ul << bit : 0;
        }

        return result;
    }

    /// <summary>Bits that differ.</summary>
    public static int Distance(ulong left, ulong right) => BitOperations.PopCount(left ^ right);

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
