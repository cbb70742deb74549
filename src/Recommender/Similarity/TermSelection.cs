using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>Chooses the terms by which an article is compared: the weightiest for the articles that are there.</summary>
public static class TermSelection
{
    /// <summary>Most terms that are kept of an article.</summary>
    public const int Capacity = 140;

    // A pair that no other article has yet may be a name in the making, or noise, as most are: words come first.
    private const double NewPair = 0.3;

    // What a headline says is looked for in other articles' text, so it has to be there.
    private const double HeadlineBonus = 2;

    /// <summary>The article's key terms.</summary>
    public static PackedTerms Select(AnalysedText text, ITermWorths worths) => Select(text, worths, Capacity, PackedTerms.MaxBytes);

    /// <summary>So many of the article's best terms, to measure what it costs to keep no more than <see cref="Capacity"/>.</summary>
    /// <param name="text">The article's terms.</param>
    /// <param name="worths">What terms tell among the articles that are there.</param>
    /// <param name="capacity">Most terms to keep.</param>
    /// <param name="mostBytes">Most bytes to keep them in.</param>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static PackedTerms Select(AnalysedText text, ITermWorths worths, int capacity, int mostBytes) => PackedTerms.Pack(
        text.Terms
            .DistinctBy(PackedTerms.Identity)
            .OrderByDescending(term => Math.Sqrt(term.Count) * Worth(term, worths))
            .ThenBy(PackedTerms.Identity)
            .Take(capacity),
        text.Terms.Where(term => !term.IsPair).Sum(term => term.Count),
        mostBytes);

    private static double Worth(AnalysedTerm term, ITermWorths worths)
    {
        var identity = PackedTerms.Identity(term);
        var worth = worths.Worth(identity) is var known && known > 0 ? known : NewPair * TermStatistics.Worth(identity, 2, Math.Max(2, worths.Count));
        return (term.Traits & TermTraits.Headline) != 0 && !term.IsPair ? HeadlineBonus * worth : worth;
    }
}
