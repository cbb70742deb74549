namespace Recommender.Similarity.Memory;

/// <summary>A list that grows by a segment at a time, so that it never moves what it holds and has little room to spare. Not safe for threads by itself.</summary>
internal sealed class SegmentedList<T>
    where T : unmanaged
{
    private const int SegmentBits = 14;
    private const int SegmentLength = 1 << SegmentBits;

    private readonly List<T[]> segments = [];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The item of a number.</summary>
    public ref T this[int number] => ref segments[number >> SegmentBits][number & (SegmentLength - 1)];

    /// <summary>At most so many items, a power of 2 that is no more than a segment has, from a multiple of it on.</summary>
    public ReadOnlySpan<T> Range(int first, int count) => segments[first >> SegmentBits].AsSpan(first & (SegmentLength - 1), Math.Min(count, Count - first));

    /// <summary>Adds an item, and returns its number.</summary>
    public int Add(T item)
    {
        if (Count == segments.Count << SegmentBits)
        {
            segments.Add(new T[SegmentLength]);
        }

        this[Count] = item;
        return Count++;
    }

    /// <summary>Writes all items.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(Count);
        for (var (segment, left) = (0, Count); left > 0; segment++, left -= SegmentLength)
        {
            image.Write<T>(segments[segment].AsSpan(0, Math.Min(left, SegmentLength)));
        }
    }

    /// <summary>Fills an empty list with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        Count = image.ReadCount();
        for (var left = Count; left > 0; left -= SegmentLength)
        {
            segments.Add(new T[SegmentLength]);
            image.Fill(segments[^1].AsSpan(0, Math.Min(left, SegmentLength)));
        }
    }
}
