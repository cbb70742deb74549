namespace Recommender.Similarity.Memory;

/// <summary>
/// Finds the number of a thing that is kept elsewhere, in six bytes a thing: a table of numbers alone, by open addressing, that grows by a quarter. Not safe for threads by itself.
/// </summary>
/// <param name="hashOf">The hash of the thing of a number.</param>
internal sealed class NumberTable(Func<int, uint> hashOf)
{
    private const uint Scatter = 0x9E37_79B1;
    private const int Fewest = 16;

    // One more than the number, so that nothing is 0.
    private int[] slots = new int[Fewest];
    private int count;

    /// <summary>The number of a thing; −1 when it is not here.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="thing">Tells the thing from others of the same hash.</param>
    public int Find<TThing>(uint hash, TThing thing)
        where TThing : struct, IThing, allows ref struct
    {
        for (var slot = Start(hash); slots[slot] != 0; slot = Next(slot))
        {
            if (thing.IsNumber(slots[slot] - 1))
            {
                return slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds the number of a thing that is not here.</summary>
    public void Add(uint hash, int number)
    {
        // At most three quarters are taken.
        if ((count + 1) * 4L > slots.Length * 3L)
        {
            Grow();
        }

        Put(hash, number);
        count++;
    }

    /// <summary>Takes out the number of a thing that is here.</summary>
    public void Remove(uint hash, int number)
    {
        var slot = Start(hash);
        while (slots[slot] != number + 1)
        {
            slot = Next(slot);
        }

        // Whoever follows and would not be found past a gap moves into it.
        for (var next = Next(slot); slots[next] != 0; next = Next(next))
        {
            var start = Start(hashOf(slots[next] - 1));
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
        image.Write(slots.Length);
        image.Write<int>(slots);
    }

    /// <summary>Fills an empty table with what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Load(ImageReader image)
    {
        (count, var length) = (image.ReadCount(), image.ReadCount());
        if (length < Fewest || count >= length)
        {
            throw new InvalidDataException("An image of an index has a table of an impossible size.");
        }

        slots = new int[length];
        image.Fill<int>(slots);
    }

    private void Grow()
    {
        var before = slots;
        slots = new int[checked(before.Length + (before.Length / 4))];
        foreach (var taken in before)
        {
            if (taken != 0)
            {
                Put(hashOf(taken - 1), taken - 1);
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

        slots[slot] = number + 1;
    }

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
