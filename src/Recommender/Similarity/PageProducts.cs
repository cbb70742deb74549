using Recommender.Similarity.Memory;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>Multiplies pages with all articles of an index at once, term by term. Safe for many threads while the index does not change.</summary>
internal sealed class PageProducts
{
    private readonly ProductSums.Pool sums = new();

    /// <summary>Adds up the products of a page's terms with those of the articles of an index, those of the terms that tell most first.</summary>
    /// <param name="page">The page, in the index or not.</param>
    /// <param name="terms">The terms of the index.</param>
    /// <param name="places">How many places it has.</param>
    /// <param name="most">Most products: once a tenth of them is added up, a term that has more articles than are left is not looked at, nor is one that tells less.</param>
    /// <param name="visit">Given the sums, of removed articles too, and whether they are complete.</param>
    public T Multiply<T>(PageTerms page, TermTable terms, int places, long most, Func<ProductSums, bool, T> visit)
    {
        var products = sums.Rent(places);
        try
        {
            return visit(products, Multiply(page, terms, most, products));
        }
        finally
        {
            sums.Return(products);
        }
    }

    private static bool Multiply(PageTerms page, TermTable terms, long most, ProductSums into)
    {
        Span<float> products = stackalloc float[PackedTerms.Levels];
        var left = most;
        foreach (var (place, weight) in ByWeight(page))
        {
            // A term that no other article has leads to nothing but the page itself.
            var number = page.Terms[place].Number;
            var live = terms.LiveOf(number);
            if (weight == 0 || live < 1 || (live < 2 && page.Place >= 0))
            {
                continue;
            }

            // Before that, few articles would be found without it.
            if (live > left && most - left >= most / 10)
            {
                return false;
            }

            for (var level = 0; level < products.Length; level++)
            {
                products[level] = weight * PackedTerms.WeightOf(level);
            }

            terms.Multiply(number, products, into);
            left -= live;
        }

        return true;
    }

    // Weights are those by which a story's are to be multiplied.
    private static List<(int Place, float Weight)> ByWeight(PageTerms page)
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
        return weights;
    }
}
