using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>The articles of a span of time that have a term, by ascending numbers, with the level of its weight in each.</summary>
internal struct EarlierRow
{
    private const int Least = 4;

    private uint[]? entries;
    private int start;
    private int end;

    /// <summary>Whether any article was ever added.</summary>
    public readonly bool IsOpen => entries is not null;

    /// <summary>The articles that were not forgotten when the last was added: the number of each, with the level in the <see cref="Posting.LevelBits"/> lowest bits.</summary>
    public readonly ReadOnlySpan<uint> Entries => entries.AsSpan(start, end - start);

    /// <summary>Adds an article behind the others.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="level">The level.</param>
    /// <param name="first">Those before this one are forgotten.</param>
    public void Add(int number, int level, int first)
    {
        entries ??= [];
        while (start < end && entries[start] < (uint)first << Posting.LevelBits)
        {
            start++;
        }

        if (end == entries.Length)
        {
            var kept = Entries;
            var room = kept.Length > entries.Length / 2 || entries.Length < Least ? new uint[Math.Max(Least, 2 * entries.Length)] : entries;
            kept.CopyTo(room);
            (entries, start, end) = (room, 0, kept.Length);
        }

        entries[end++] = ((uint)number << Posting.LevelBits) | (uint)level;
    }

    /// <summary>Gives its room back when only articles before one have the term.</summary>
    public void Forget(int first)
    {
        if (end > 0 && entries![end - 1] < (uint)first << Posting.LevelBits)
        {
            (entries, start, end) = ([], 0, 0);
        }
    }
}
