using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>The terms of a page by which it is multiplied with all articles of an index: those that tell most.</summary>
internal sealed class PageProducts
{
    private readonly List<(int Number, float Weight)> chosen = [];

    /// <summary>Chooses the terms.</summary>
    /// <param name="page">The page, in the index or not.</param>
    /// <param name="terms">The terms of the index.</param>
    /// <param name="most">Most products: once a tenth of them is added up, a term that has more articles than are left is not looked at, nor is one that tells less.</param>
    public PageProducts(PageTerms page, TermTable terms, long most)
    {
        var left = most;
        foreach (var (number, weight) in ByWeight(page))
        {
            // A term that no other article has leads to nothing but the page itself.
            var live = terms.LiveOf(number);
            if (weight == 0 || live < 1 || (live < 2 && page.Place >= 0))
            {
                continue;
            }

            // Before that, few articles would be found without it.
            if (live > left && most - left >= most / 10)
            {
                return;
            }

            chosen.Add((number, weight));
            left -= live;
        }

        AreAll = true;
    }

    /// <summary>The numbers of the terms, and weights by which a story's are to be multiplied; the weightiest first.</summary>
    public IReadOnlyList<(int Number, float Weight)> Terms => chosen;

    /// <summary>Whether no term was left out.</summary>
    public bool AreAll { get; }

    private static IEnumerable<(int Number, float Weight)> ByWeight(PageTerms page)
    {
        var weights = new List<(int Place, float Weight)>(page.Terms.Length);
        for (var place = 0; place < page.Terms.Length; place++)
        {
            ref readonly var term = ref page.Terms[place];
            if (term.Number >= 0)
            {
                weights.Add((place, term.Weight * term.Worth * term.Worth));
            }
        }

        weights.Sort((left, right) => right.Weight.CompareTo(left.Weight) is var order && order != 0 ? order : left.Place.CompareTo(right.Place));
        return weights.Select(term => (page.Terms[term.Place].Number, term.Weight));
    }
}
