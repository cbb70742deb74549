namespace Recommender.Evaluation;

/// <summary>
/// nDCG: the grades of a ranking, each divided by <c>log2(place + 1)</c>, over the most that any ranking could have. Gains are linear, the grades as given; those below 0 count as 0.
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002, with the discount that trec_eval uses.
/// </summary>
public static class NormalizedGain
{
    /// <summary>nDCG of the first <paramref name="cutoff"/> places, 0 to 1; 0 when no document has a grade above 0.</summary>
    public static double At(int cutoff, IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var ideal = Discounted(grades.Values.OrderDescending().Take(cutoff));
        return ideal == 0 ? 0 : Discounted(ranking.Take(cutoff).Select(document => grades.GetValueOrDefault(document))) / ideal;
    }

    private static double Discounted(IEnumerable<int> grades) => grades.Index().Sum(entry => Math.Max(0, entry.Item) / Math.Log2(entry.Index + 2));
}
