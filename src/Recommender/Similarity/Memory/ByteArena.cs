using System.Numerics;

namespace Recommender.Similarity.Memory;

/// <summary>
/// Many small regions of bytes in few large arrays, each found by a number of 32 bits that is not 0: an array of its own would cost every region more than most of them hold. A region that is given back
/// serves the next of its size. Not safe for threads by itself.
/// </summary>
internal sealed class ByteArena
{
    private const int Unit = 4;
    private const int UnitsPerChunk = 1 << 18;
    private static readonly int ChunkBits = BitOperations.Log2(UnitsPerChunk);

    private readonly List<byte[]> chunks = [];
    private readonly Dictionary<int, Stack<uint>> idle = [];
    private int current = -1;
    private int used = UnitsPerChunk;

    /// <summary>Bytes of all regions that were given out at any time.</summary>
    public long Given { get; private set; }

    /// <summary>Bytes of those that were given back and wait to serve again.</summary>
    public long Idle { get; private set; }

    /// <summary>A region with room for so many bytes, whatever they are now.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public uint Rent(int bytes)
    {
        var units = UnitsOf(bytes);
        if (idle.TryGetValue(units, out var regions) && regions.TryPop(out var region))
        {
            Idle -= units * Unit;
            return region;
        }

        Given += units * Unit;
        if (units > UnitsPerChunk)
        {
            return AddressOf(AddChunk(units), 0);
        }

        if (used + units > UnitsPerChunk)
        {
            (current, used) = (AddChunk(UnitsPerChunk), 0);
        }

        used += units;
        return AddressOf(current, used - units);
    }

    /// <summary>Gives back a region that <see cref="Rent"/> gave for so many bytes.</summary>
    public void Return(uint region, int bytes)
    {
        var units = UnitsOf(bytes);
        if (!idle.TryGetValue(units, out var regions))
        {
            idle.Add(units, regions = new Stack<uint>());
        }

        regions.Push(region);
        Idle += units * Unit;
    }

    /// <summary>The first bytes of a region.</summary>
    public Span<byte> At(uint region, int bytes) => chunks[(int)(region >> ChunkBits)].AsSpan((int)(region & (UnitsPerChunk - 1)) * Unit, bytes);

    /// <summary>A region from its first byte on, with what lies behind it.</summary>
    public ReadOnlySpan<byte> From(uint region) => chunks[(int)(region >> ChunkBits)].AsSpan((int)(region & (UnitsPerChunk - 1)) * Unit);

    /// <summary>A region with a copy of <paramref name="bytes"/>.</summary>
    public uint Keep(ReadOnlySpan<byte> bytes)
    {
        var region = Rent(bytes.Length);
        bytes.CopyTo(At(region, bytes.Length));
        return region;
    }

    /// <summary>Writes all regions.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(Given);
        image.Write(Idle);
        image.Write(current);
        image.Write(used);
        image.Write(idle.Count);
        foreach (var (units, regions) in idle)
        {
            // The next to serve comes last.
            var stack = regions.ToArray();
            stack.AsSpan().Reverse();
            image.Write(units);
            image.Write(stack.Length);
            image.Write<uint>(stack);
        }

        image.Write(chunks.Count);
        foreach (var chunk in chunks)
        {
            image.Write(chunk.Length);
            image.Write<byte>(chunk);
        }
    }

    /// <summary>Fills an empty arena with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        (Given, Idle, current, used) = (image.Read<long>(), image.Read<long>(), image.Read<int>(), image.Read<int>());
        for (var left = image.ReadCount(); left > 0; left--)
        {
            var units = image.ReadCount();
            var stack = new uint[image.ReadCount()];
            image.Fill<uint>(stack);
            idle.Add(units, new Stack<uint>(stack));
        }

        for (var left = image.ReadCount(); left > 0; left--)
        {
            var chunk = GC.AllocateUninitializedArray<byte>(image.ReadCount());
            image.Fill<byte>(chunk);
            chunks.Add(chunk);
        }
    }

    private static int UnitsOf(int bytes) => Math.Max(1, (bytes + Unit - 1) / Unit);

    private static uint AddressOf(int chunk, int unit) => ((uint)chunk << ChunkBits) | (uint)unit;

    private int AddChunk(int units)
    {
        if (chunks.Count == 1 << (32 - ChunkBits))
        {
            throw new InvalidOperationException("There is no more room for regions of bytes.");
        }

        if (chunks.Count == 0)
        {
            // In the first there is nothing, so that no region is 0.
            chunks.Add([]);
        }

        chunks.Add(GC.AllocateUninitializedArray<byte>(units * Unit));
        return chunks.Count - 1;
    }
}
