using System.Numerics;

namespace Recommender.Duplicates;

/// <summary>One bit of the least value of each of many hash functions over a set: two sets have the same least value as often as they share members.</summary>
internal static class MinHash
{
    /// <summary>Fills <paramref name="bits"/>, each from a function of its own, which never changes: fingerprints are kept.</summary>
    public static void Write(IReadOnlyCollection<uint> members, Span<byte> bits)
    {
        bits.Clear();
        if (members.Count == 0)
        {
            return;
        }

        var functions = bits.Length * 8;
        Span<uint> factors = stackalloc uint[functions];
        Span<uint> offsets = stackalloc uint[functions];
        Span<uint> least = stackalloc uint[functions];
        var seed = 0x51A2_3E0F_9C4D_7B61ul;
        for (var function = 0; function < functions; function++)
        {
            seed = Scrambled(seed + 0x9E3779B97F4A7C15);
            (factors[function], offsets[function]) = ((uint)(seed >> 32) | 1, (uint)seed);
        }

        least.Fill(uint.MaxValue);
        foreach (var member in members)
        {
            Lower(least, factors, offsets, member);
        }

        for (var function = 0; function < functions; function++)
        {
            var bit = (uint)(Scrambled(least[function] + ((ulong)function << 32)) >> 63);
            bits[function / 8] |= (byte)(bit << (function % 8));
        }
    }

    // A factor that is odd makes x -> x · factor + offset a permutation of the 32-bit numbers.
    private static void Lower(Span<uint> least, ReadOnlySpan<uint> factors, ReadOnlySpan<uint> offsets, uint member)
    {
        var function = 0;
        for (var spread = new Vector<uint>(member); function <= least.Length - Vector<uint>.Count; function += Vector<uint>.Count)
        {
            var value = (spread * new Vector<uint>(factors[function..])) + new Vector<uint>(offsets[function..]);
            Vector.Min(value, new Vector<uint>(least[function..])).CopyTo(least[function..]);
        }

        for (; function < least.Length; function++)
        {
            least[function] = Math.Min(least[function], unchecked((member * factors[function]) + offsets[function]));
        }
    }

    // SplitMix64.
    private static ulong Scrambled(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
