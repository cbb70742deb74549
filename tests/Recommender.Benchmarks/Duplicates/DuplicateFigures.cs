using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>How a rule does on a test set.</summary>
/// <param name="Set">The test set.</param>
/// <param name="Near">What the rule says of a pair.</param>
internal sealed record DuplicateFigures(DuplicateTestSet Set, Func<Pair, bool> Near)
{
    private readonly Lazy<IReadOnlyList<Pair>> flagged = new(() => [.. Set.Similar.AsParallel().AsOrdered().Where(Near)]);
    private readonly Lazy<int> drawn = new(() => Set.Random.AsParallel().Count(pair => Near(pair) && !pair.IsCopy));

    /// <summary>Figures of a rule.</summary>
    public static DuplicateFigures Of(DuplicateTestSet set, DuplicateRule rule) => new(set, pair => pair.IsNear(rule));

    /// <summary>Most similar pairs that are said to be copies.</summary>
    public IReadOnlyList<Pair> Flagged => flagged.Value;

    /// <summary>Those of them whose text is not.</summary>
    public IReadOnlyList<Pair> False => [.. Flagged.Where(pair => !pair.IsCopy)];

    /// <summary>Share of the most similar pairs that is wrongly said to be copies.</summary>
    public double FalseRate => (double)False.Count / Set.Similar.Count(pair => !pair.IsCopy);

    /// <summary>Pairs drawn by lot that are wrongly said to be copies.</summary>
    public int FalseDrawn => drawn.Value;

    /// <summary>Share of copies found; null where there are none.</summary>
    public double? Recall(Func<(int Percent, Treatment Treatment, bool IsShort, Pair Pair), bool> which)
    {
        var copies = Set.Copies.Where(which).ToList();
        return copies.Count == 0 ? null : copies.AsParallel().Count(copy => Near(copy.Pair)) / (double)copies.Count;
    }
}
