namespace Recommender.Similarity;

/// <summary>The articles that a term stands in: for each its place in the index and the level of the term's weight there, in four bytes. One article, as most terms have, takes no array.</summary>
internal struct Postings
{
    /// <summary>Most places that an index can have.</summary>
    public const int MostPlaces = 1 << (32 - LevelBits);

    private const int LevelBits = 5;
    private const int LevelMask = (1 << LevelBits) - 1;

    private uint[]? several;
    private uint one;

    /// <summary>Number of articles, those included that were removed since.</summary>
    public int Count { get; private set; }

    /// <summary>The entries, to be taken apart by <see cref="PlaceOf"/> and <see cref="LevelOf"/>; valid until the next <see cref="Add"/>.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<uint> Entries => several is null ? new ReadOnlySpan<uint>(in one)[..Count] : several.AsSpan(0, Count);

    /// <summary>Where the article of an entry is.</summary>
    public static int PlaceOf(uint entry) => (int)(entry >> LevelBits);

    /// <summary>The level of the term's weight in the article of an entry.</summary>
    public static int LevelOf(uint entry) => (int)(entry & LevelMask);

    /// <summary>Adds an article.</summary>
    public void Add(int place, int level)
    {
        var entry = ((uint)place << LevelBits) | (uint)level;
        if (Count == 0)
        {
            one = entry;
        }
        else
        {
            several ??= [one, 0];
            if (Count == several.Length)
            {
                Array.Resize(ref several, Count + (Count / 2) + 1);
            }

            several[Count] = entry;
        }

        Count++;
    }
}
