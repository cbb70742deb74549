using System.Numerics;

namespace Recommender.Similarity.Memory;

/// <summary>
/// Finds the number of a thing that is kept elsewhere, in five bytes a thing: a table of numbers alone, by open addressing, that grows by an eighth. The bits that numbers leave free hold some of the
/// thing's hash, so that hardly any other thing is looked at. Not safe for threads by itself.
/// </summary>
/// <param name="hashOf">The hash of the thing of a number.</param>
internal sealed class NumberTable(Func<int, uint> hashOf)
{
    private const uint Scatter = 0x9E37_79B1;
    private const uint Mix = 0x85EB_CA6B;
    private const int Fewest = 16;
    private const int FewestBits = 8;
    private const int MostBits = 31;

    // One more than the number in the lower bits, so that nothing is 0, and bits of the hash above.
    private uint[] slots = new uint[Fewest];
    private int bits = FewestBits;
    private int count;

    private uint NumberMask => (1u << bits) - 1;

    /// <summary>The number of a thing; −1 when it is not here.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="thing">Tells the thing from others of the same hash.</param>
    public int Find<TThing>(uint hash, TThing thing)
        where TThing : struct, IThing, allows ref struct
    {
        var (mask, above) = (NumberMask, hash * Mix & ~NumberMask);
        for (var slot = Start(hash); slots[slot] is var taken && taken != 0; slot = Next(slot))
        {
            if ((taken & ~mask) == above && thing.IsNumber((int)(taken & mask) - 1))
            {
                return (int)(taken & mask) - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds the number of a thing that is not here.</summary>
    public void Add(uint hash, int number)
    {
        // At most seven eighths are taken.
        if ((count + 1) * 8L > slots.Length * 7L)
        {
            Rebuild(checked(slots.Length + (slots.Length / 8)), bits);
        }

        if ((uint)number >= NumberMask)
        {
            Rebuild(slots.Length, Math.Min(MostBits, BitOperations.Log2((uint)number + 1) + 2));
        }

        Put(hash, number);
        count++;
    }

    /// <summary>Takes out the number of a thing that is here.</summary>
    public void Remove(uint hash, int number)
    {
        var slot = Start(hash);
        while (NumberIn(slots[slot]) != number)
        {
            slot = Next(slot);
        }

        // Whoever follows and would not be found past a gap moves into it.
        for (var next = Next(slot); slots[next] != 0; next = Next(next))
        {
            var start = Start(hashOf(NumberIn(slots[next])));
            if (Distance(start, next) >= Distance(slot, next))
            {
                (slots[slot], slot) = (slots[next], next);
            }
        }

        slots[slot] = 0;
        count--;
    }

    /// <summary>Writes all numbers.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(count);
        image.Write(bits);
        image.Write(slots.Length);
        image.Write<uint>(slots);
    }

    /// <summary>Fills an empty table with what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Load(ImageReader image)
    {
        (count, bits, var length) = (image.ReadCount(), image.ReadCount(), image.ReadCount());
        if (length < Fewest || count >= length || bits is < FewestBits or > MostBits)
        {
            throw new InvalidDataException("An image of an index has a table of an impossible size.");
        }

        slots = new uint[length];
        image.Fill<uint>(slots);
    }

    private void Rebuild(int length, int numberBits)
    {
        var (before, mask) = (slots, NumberMask);
        (slots, bits) = (new uint[length], numberBits);
        foreach (var taken in before)
        {
            if (taken != 0)
            {
                var number = (int)(taken & mask) - 1;
                Put(hashOf(number), number);
            }
        }
    }

    private void Put(uint hash, int number)
    {
        var slot = Start(hash);
        while (slots[slot] != 0)
        {
            slot = Next(slot);
        }

        slots[slot] = (hash * Mix & ~NumberMask) | ((uint)number + 1);
    }

    private int NumberIn(uint taken) => (int)(taken & NumberMask) - 1;

    private int Start(uint hash) => (int)((ulong)(hash * Scatter) * (uint)slots.Length >> 32);

    private int Next(int slot) => slot + 1 < slots.Length ? slot + 1 : 0;

    private int Distance(int from, int to) => to >= from ? to - from : to - from + slots.Length;
}

/// <summary>Something that a <see cref="NumberTable"/> may have a number for.</summary>
internal interface IThing
{
    /// <summary>Whether the number is its.</summary>
    bool IsNumber(int number);
}
