namespace Recommender.Similarity.Memory;

/// <summary>A list that grows by a segment at a time, so that it never moves what it holds and has little room to spare. Not safe for threads by itself.</summary>
internal sealed class SegmentedList<T>
    where T : struct
{
    private const int SegmentBits = 14;
    private const int SegmentLength = 1 << SegmentBits;

    private readonly List<T[]> segments = [];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The item of a number.</summary>
    public ref T this[int number] => ref segments[number >> SegmentBits][number & (SegmentLength - 1)];

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
}
