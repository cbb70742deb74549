using System.Globalization;

namespace Recommender.Evaluation;

/// <summary>A figure that judges the ranking of one query.</summary>
/// <param name="Name">As reports call it: <c>ndcg@5</c>.</param>
/// <param name="Of">The figure, 0 to 1, of a ranking by the grades of its query.</param>
public sealed record Measure(string Name, Func<IReadOnlyList<string>, IReadOnlyDictionary<string, int>, double> Of)
{
    /// <summary>Places that recall and MRR look at.</summary>
    public const int UsualCutoff = 10;

    /// <summary><see cref="NormalizedGain"/> at a cutoff.</summary>
    public static Measure Ndcg(int cutoff) => Named("ndcg", cutoff, NormalizedGain.At);

    /// <summary>nDCG at each cutoff, recall@10 and MRR@10.</summary>
    public static IReadOnlyList<Measure> Usual(IEnumerable<int> cutoffs) =>
        [.. cutoffs.Distinct().Order().Select(Ndcg), Named("recall", UsualCutoff, Recall.At), Named("mrr", UsualCutoff, ReciprocalRank.At)];

    private static Measure Named(string name, int cutoff, Func<int, IReadOnlyList<string>, IReadOnlyDictionary<string, int>, double> at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}@{cutoff}"), (ranking, grades) => at(cutoff, ranking, grades));
}
