namespace Recommender.Evaluation;

/// <summary>Reciprocal rank: 1 over the place of the first document above grade 0 (Voorhees, "The TREC-8 question answering track report", 1999). Its mean over queries is MRR.</summary>
public static class ReciprocalRank
{
    /// <summary>Reciprocal rank within the first <paramref name="cutoff"/> places, 0 when there is none.</summary>
    public static double At(int cutoff, IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var places = Math.Min(cutoff, ranking.Count);
        for (var place = 0; place < places; place++)
        {
            if (grades.GetValueOrDefault(ranking[place]) > 0)
            {
                return 1.0 / (place + 1);
            }
        }

        return 0;
    }
}
