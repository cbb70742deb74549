namespace Recommender.Similarity;

/// <summary>The similarity of two articles by themselves; <see cref="SimilarityIndex.Nearest"/> comes to the same for many at a time.</summary>
internal static class TermCosine
{
    /// <summary>Cosine of the two articles' tf-idf weights, 0 to 1; 0 across languages.</summary>
    public static double Of(IndexedArticle left, IndexedArticle right, Func<uint, double> idf)
    {
        if (left.Language != right.Language || left.Norm == 0 || right.Norm == 0)
        {
            return 0;
        }

        var product = 0.0;
        for (int l = 0, r = 0; l < left.Terms.Count && r < right.Terms.Count;)
        {
            var order = left.Terms.HashAt(l).CompareTo(right.Terms.HashAt(r));
            if (order == 0)
            {
                var weight = idf(left.Terms.HashAt(l));
                product += left.Terms.WeightAt(l) * right.Terms.WeightAt(r) * weight * weight;
            }

            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }

        return Math.Round(Math.Min(1, product / (left.Norm * right.Norm)), 6);
    }
}
