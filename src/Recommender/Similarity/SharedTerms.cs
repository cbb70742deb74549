namespace Recommender.Similarity;

/// <summary>Finds the words for a similarity: the shared terms that contribute most, as a reader would write them.</summary>
internal static class SharedTerms
{
    private const int Most = 4;
    private const int Considered = 16;

    /// <summary>The surface forms of the weightiest shared terms. A phrase stands for the words in it: "North Korea" leaves no "Korea" beside it.</summary>
    /// <param name="pageTerms">One article.</param>
    /// <param name="story">The other.</param>
    /// <param name="terms">What is known of terms, by their numbers.</param>
    /// <param name="asPageWrites">Whether the one's way to write a term goes before the other's.</param>
    public static IReadOnlyList<string> Of(PageTerms pageTerms, IndexedArticle story, ReadOnlySpan<IndexedTerm> terms, bool asPageWrites)
    {
        var page = pageTerms.Page;
        Span<(double Contribution, uint Identity)> weightiest = stackalloc (double, uint)[Considered];
        var count = 0;
        for (var term = 0; term < story.Numbers.Length; term++)
        {
            if (pageTerms.Find(story.Numbers[term]) is var place and >= 0)
            {
                ref readonly var known = ref terms[story.Numbers[term]];
                var contribution = (double)page.Terms.WeightAt(place) * story.Terms.WeightAt(term) * known.Worth * known.Worth;
                count = Insert(weightiest, count, (contribution, known.Identity));
            }
        }

        var surfaces = new List<string>(Most);
        foreach (var (_, identity) in weightiest[..count])
        {
            var surface = asPageWrites
                ? pageTerms.SurfaceOf(identity) ?? story.Terms.SurfaceOf(identity)
                : story.Terms.SurfaceOf(identity) ?? pageTerms.SurfaceOf(identity);
            if (surface is not null)
            {
                Add(surfaces, surface);
            }
        }

        return surfaces.Count > Most ? [.. surfaces.Take(Most)] : surfaces;
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

    // Keeps them in order: the weightier first, of equals the one with the lower identity.
    private static int Insert(Span<(double Contribution, uint Identity)> weightiest, int count, (double Contribution, uint Identity) term)
    {
        var at = count;
        for (; at > 0 && IsBefore(term, weightiest[at - 1]); at--)
        {
            if (at < weightiest.Length)
            {
                weightiest[at] = weightiest[at - 1];
            }
        }

        if (at < weightiest.Length)
        {
            weightiest[at] = term;
        }

        return Math.Min(count + 1, weightiest.Length);
    }

    private static bool IsBefore((double Contribution, uint Identity) term, (double Contribution, uint Identity) other) =>
        term.Contribution > other.Contribution || (term.Contribution == other.Contribution && term.Identity < other.Identity);

    private static bool HasWords(string phrase, string words)
    {
        for (var at = phrase.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = phrase.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || phrase[at - 1] == ' ') && (at + words.Length == phrase.Length || phrase[at + words.Length] == ' '))
            {
                return true;
            }
        }

        return false;
    }
}
