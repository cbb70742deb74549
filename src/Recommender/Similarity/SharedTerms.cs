namespace Recommender.Similarity;

/// <summary>Finds the words for a similarity: the shared terms that contribute most, as a reader would write them.</summary>
internal static class SharedTerms
{
    private const int Most = 4;
    private const int Considered = 16;

    /// <summary>The surface forms of the weightiest shared terms. A phrase stands for the words in it: "North Korea" leaves no "Korea" beside it.</summary>
    public static IReadOnlyList<string> Of(IndexedArticle left, IndexedArticle right, Func<uint, double> worth)
    {
        var shared = new List<(double Contribution, uint Hash)>();
        for (int l = 0, r = 0; l < left.Terms.Count && r < right.Terms.Count;)
        {
            var order = left.Terms.HashAt(l).CompareTo(right.Terms.HashAt(r));
            if (order == 0)
            {
                var hash = left.Terms.HashAt(l);
                var told = worth(hash);
                shared.Add((left.Terms.WeightAt(l) * right.Terms.WeightAt(r) * told * told, hash));
            }

            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }

        var surfaces = new List<string>(Most);
        var ranked = shared.OrderByDescending(term => term.Contribution).ThenBy(term => term.Hash).Take(Considered);
        foreach (var surface in ranked.Select(term => left.Terms.SurfaceOf(term.Hash) ?? right.Terms.SurfaceOf(term.Hash)).OfType<string>())
        {
            Add(surfaces, surface);
        }

        return [.. surfaces.Take(Most)];
    }

    /// <summary>Adds a surface form behind weightier ones, unless a phrase among them has its words.</summary>
    public static void Add(List<string> surfaces, string surface)
    {
        if (surfaces.Any(chosen => HasWords(chosen, surface)))
        {
            return;
        }

        var first = surfaces.FindIndex(chosen => HasWords(surface, chosen));
        surfaces.RemoveAll(chosen => HasWords(surface, chosen));
        surfaces.Insert(first < 0 ? surfaces.Count : first, surface);
    }

    private static bool HasWords(string phrase, string words) => $" {phrase} ".Contains($" {words} ", StringComparison.OrdinalIgnoreCase);
}
