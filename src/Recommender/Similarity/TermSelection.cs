using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>Chooses the terms by which an article is compared: the weightiest for the articles that are there.</summary>
public static class TermSelection
{
    /// <summary>Most terms that are kept of an article.</summary>
    public const int Capacity = 160;

    // A bigram that no other article has yet may be a name in the making, or noise, as most are: words come first.
    private const double NewBigram = 0.3;

    /// <summary>The article's key terms.</summary>
    public static PackedTerms Select(AnalysedText text, SimilarityIndex index)
    {
        var weighed = text.Terms.Select(term => term with { Hash = Mark(term) });
        return PackedTerms.Pack(weighed
            .DistinctBy(term => term.Hash)
            .OrderByDescending(term => term.Weight * Worth(term, index))
            .ThenBy(term => term.Hash)
            .Take(Capacity));
    }

    /// <summary>Whether a hash stands for two words: its lowest bit tells.</summary>
    public static bool IsBigram(uint hash) => (hash & 1) == 1;

    private static uint Mark(AnalysedTerm term) => (term.Hash & ~1u) | (term.IsBigram ? 1u : 0u);

    private static double Worth(AnalysedTerm term, SimilarityIndex index) =>
        index.Idf(term.Hash) is var idf && idf > 0 ? idf : NewBigram * (Math.Log(index.Count + 1.0) + 1);
}
