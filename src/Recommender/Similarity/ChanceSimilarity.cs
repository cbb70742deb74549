using System.IO.Hashing;
using System.Text;

namespace Recommender.Similarity;

/// <summary>
/// How alike stories of a site are that have nothing to do with each other. It falls as a site grows: among ten stories a stray word tells a tenth of all that is known, among ten thousand it tells
/// next to nothing. Below it, a similarity says nothing.
/// </summary>
public static class ChanceSimilarity
{
    /// <summary>Fewest pairs to tell it from.</summary>
    public const int FewestPairs = 100;

    // Of pairs drawn at random, so many are less alike.
    private const double Quantile = 0.95;
    private const int MostPairs = 8_192;

    /// <summary>The similarity that one in twenty pairs of stories drawn at random reaches, 0 to 1; the same for the same stories. Null when there are too few.</summary>
    /// <param name="index">The site's stories.</param>
    public static double? Measure(SimilarityIndex index)
    {
        var pairs = Pairs(index.Outlines).Select(pair => index.Similarity(pair.One, pair.Other) ?? 0).Order().ToList();
        return pairs.Count < FewestPairs ? null : pairs[(int)(Quantile * (pairs.Count - 1))];
    }

    // In the order of their hashes stories stand beside each other by chance; of a large site each is paired with the next, of a small one with all that follow.
    private static List<(string One, string Other)> Pairs(IReadOnlyList<ArticleOutline> articles)
    {
        var shuffled = articles.Where(article => article.HasTerms).OrderBy(article => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(article.Id)))
            .GroupBy(article => article.Language, article => article.Id).Select(group => group.ToList()).ToList();
        var pairs = new List<(string, string)>();
        for (var step = 1; pairs.Count < MostPairs && shuffled.Exists(ids => ids.Count > step); step++)
        {
            pairs.AddRange(shuffled.SelectMany(ids => ids.Skip(step).Zip(ids, (other, one) => (one, other))));
        }

        return [.. pairs.Take(MostPairs)];
    }
}
