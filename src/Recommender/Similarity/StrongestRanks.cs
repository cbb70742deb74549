namespace Recommender.Similarity;

/// <summary>Keeps the strongest of very many, of which most are none: what comes is only put in order once there are twice as many as are wanted.</summary>
/// <param name="count">How many are wanted.</param>
internal sealed class StrongestRanks(int count)
{
    private float[] strengths = new float[2 * count];
    private int[] places = new int[2 * count];
    private float[] room = new float[2 * count];
    private int taken;

    /// <summary>No less than this is of use.</summary>
    public float Least { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(float strength, int place)
    {
        if (strength < Least)
        {
            return;
        }

        if (taken == strengths.Length)
        {
            Reduce();
        }

        (strengths[taken], places[taken]) = (strength, place);
        taken++;
    }

    /// <summary>Those that are wanted, and any that are as strong as the last of them.</summary>
    public IEnumerable<(float Strength, int Place)> All()
    {
        Reduce();
        return strengths.Take(taken).Zip(places);
    }

    private void Reduce()
    {
        if (taken <= count)
        {
            return;
        }

        strengths.AsSpan(0, taken).CopyTo(room);
        Least = Greatest(room.AsSpan(0, taken), count);
        var kept = 0;
        for (var at = 0; at < taken; at++)
        {
            (strengths[kept], places[kept]) = (strengths[at], places[at]);
            kept += strengths[kept] >= Least ? 1 : 0;
        }

        taken = kept;
        if (taken > strengths.Length / 2)
        {
            Array.Resize(ref strengths, 2 * strengths.Length);
            Array.Resize(ref places, 2 * places.Length);
            Array.Resize(ref room, 2 * room.Length);
        }
    }

    // The so-manieth greatest. What is greater than one of them goes before what is less, until only its own place is left.
    private static float Greatest(Span<float> among, int rank)
    {
        var (first, last, place) = (0, among.Length - 1, rank - 1);
        while (first < last)
        {
            var (left, right, middle) = (first, last, among[place]);
            while (left <= right)
            {
                while (among[left] > middle)
                {
                    left++;
                }

                while (among[right] < middle)
                {
                    right--;
                }

                if (left <= right)
                {
                    (among[left], among[right]) = (among[right], among[left]);
                    (left, right) = (left + 1, right - 1);
                }
            }

            (first, last) = (right < place ? left : first, place < left ? right : last);
        }

        return among[place];
    }
}
