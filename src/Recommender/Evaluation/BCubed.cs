namespace Recommender.Evaluation;

/// <summary>
/// How well a grouping meets the true one, article by article: precision is the share of those found in its group that belong with it, recall the share of those that belong with it
/// that are found in its group, each averaged over all articles. An article that is found in no group is one by itself. Bagga and Baldwin, "Entity-based cross-document
/// coreferencing using the vector space model", 1998.
/// </summary>
/// <param name="Articles">Articles that count.</param>
/// <param name="Precision">0 to 1.</param>
/// <param name="Recall">0 to 1.</param>
public readonly record struct BCubed(int Articles, double Precision, double Recall)
{
    /// <summary>Harmonic mean of the two.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>The figures of a grouping.</summary>
    /// <param name="found">The group that an article was found in; null: none.</param>
    /// <param name="truth">The true group of each article that counts.</param>
    public static BCubed Of(Func<string, string?> found, IReadOnlyCollection<KeyValuePair<string, string>> truth)
    {
        var articles = truth.Select(entry => (Found: found(entry.Key) is { } group ? "group " + group : "alone " + entry.Key, True: entry.Value)).ToList();
        var together = articles.CountBy(article => article).ToDictionary();
        var inFound = articles.CountBy(article => article.Found).ToDictionary();
        var inTrue = articles.CountBy(article => article.True).ToDictionary();
        return articles.Count == 0 ? default : new BCubed(
            articles.Count,
            articles.Average(article => (double)together[article] / inFound[article.Found]),
            articles.Average(article => (double)together[article] / inTrue[article.True]));
    }
}
