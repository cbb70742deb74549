namespace Recommender.Similarity;

/// <summary>Keeps the strongest of very many, of which most are none: what comes is only put in order once there are twice as many as are wanted.</summary>
/// <param name="count">How many are wanted.</param>
internal sealed class StrongestRanks(int count)
{
    private float[] strengths = new float[2 * count];
    private int[] places = new int[2 * count];
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

        var all = strengths.AsSpan(0, taken);
        all.Sort(places.AsSpan(0, taken));
        Least = all[^count];
        var first = all.IndexOf(Least);
        taken -= first;
        strengths.AsSpan(first, taken).CopyTo(strengths);
        places.AsSpan(first, taken).CopyTo(places);
        if (taken > strengths.Length / 2)
        {
            Array.Resize(ref strengths, 2 * strengths.Length);
            Array.Resize(ref places, 2 * places.Length);
        }
    }
}
