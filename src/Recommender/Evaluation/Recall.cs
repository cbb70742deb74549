namespace Recommender.Evaluation;

/// <summary>Recall: the share of all documents above grade 0 that a ranking has (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 8.3).</summary>
public static class Recall
{
    /// <summary>Recall of the first <paramref name="cutoff"/> places, 0 to 1; 0 when no document has a grade above 0.</summary>
    public static double At(int cutoff, IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var relevant = grades.Values.Count(grade => grade > 0);
        return relevant == 0 ? 0 : (double)ranking.Take(cutoff).Count(document => grades.GetValueOrDefault(document) > 0) / relevant;
    }
}
