using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>How much a term tells, by the number of articles it stands in.</summary>
public static class TermStatistics
{
    // Rare terms tell more than their idf says; measured on long posts and on short news alike.
    private const double Steepness = 1.5;

    // Of what a word of the same rarity tells: a pair repeats what its words said already. The square, 0.3, is its share in a cosine.
    private const double PairShare = 0.55;

    private const int MostOfRarePair = 8;
    private const int MostOfRareWord = 5;
    private const int MostOfRareWordShare = 500;

    /// <summary><c>ln((N + 1) / (df + 1)) + 1</c>: inverse document frequency, smoothed so that it stays sane on a handful of articles.</summary>
    /// <param name="frequency">Number of articles that have it.</param>
    /// <param name="articles">Number of articles.</param>
    public static double Idf(int frequency, int articles) => Math.Log((articles + 1.0) / (frequency + 1.0)) + 1;

    /// <summary>
    /// <c>idf^1.5</c>; less for a pair of words, and nothing for a pair that stands in one article only: it can match nothing, and most pairs are such.
    /// </summary>
    /// <param name="identity">The term's identity, which tells pairs from words.</param>
    /// <param name="frequency">Number of articles that have it.</param>
    /// <param name="articles">Number of articles.</param>
    public static double Worth(uint identity, int frequency, int articles)
    {
        var isPair = PackedTerms.IsPair(identity);
        return isPair && frequency < 2 ? 0 : Math.Pow(Idf(frequency, articles), Steepness) * (isPair ? PairShare : 1);
    }

    /// <summary>Whether few articles have a term: one in five hundred a word, eight at most a pair.</summary>
    public static bool IsRare(uint identity, int frequency, int articles) =>
        frequency <= (PackedTerms.IsPair(identity) ? MostOfRarePair : Math.Max(MostOfRareWord, articles / MostOfRareWordShare));

    /// <summary>How much a topic tells: its idf, less what would be left of it for one that all articles have, but for a tenth.</summary>
    public static double TopicWorth(int frequency, int articles) => Idf(frequency, articles) - 0.9;
}
