namespace Recommender.Similarity.Memory;

/// <summary>How articles usually write each term, kept once for all of them: the first form that one of several articles had for it. What was taken for usual stays so. Not safe for threads by itself.</summary>
internal sealed class UsualSurfaces
{
    private readonly ByteArena arena = new();
    private readonly SegmentedList<uint> regions = new();

    /// <summary>The usual form of a term in UTF-8; nothing where none is known.</summary>
    /// <param name="term">Its number among those that several articles have.</param>
    public ReadOnlySpan<byte> Of(int term) =>
        term < regions.Count && regions[term] is var region and > 0 && arena.From(region) is var form ? form.Slice(1, form[0]) : [];

    /// <summary>Takes a form for usual where none is known.</summary>
    /// <param name="term">The term's number among those that several articles have.</param>
    /// <param name="text">The form in UTF-8, at most 255 bytes.</param>
    public void Offer(int term, ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || Of(term).Length > 0)
        {
            return;
        }

        while (regions.Count <= term)
        {
            regions.Add(0);
        }

        regions[term] = arena.Keep([(byte)text.Length, .. text]);
    }

    /// <summary>Writes all forms.</summary>
    public void Save(ImageWriter image)
    {
        arena.Save(image);
        regions.Save(image);
    }

    /// <summary>Fills an empty one with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        arena.Load(image);
        regions.Load(image);
    }
}
