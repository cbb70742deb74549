using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>Finds the words for a similarity: the shared terms that contribute most, as a reader would write them.</summary>
internal static class SharedTerms
{
    private const int Most = 4;
    private const int Considered = 16;

    /// <summary>The surface forms of the weightiest shared terms, the weightiest first. A phrase stands for the words in it: "North Korea" leaves no "Korea" beside it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="story">The story.</param>
    /// <param name="matches">The terms they share.</param>
    /// <param name="asPageWrites">Whether the page's way to write a term goes before the story's.</param>
    public static IReadOnlyList<string> Of(PageTerms page, in HeldArticle story, ReadOnlySpan<TermMatch> matches, bool asPageWrites)
    {
        Span<int> weightiest = stackalloc int[Considered];
        weightiest = weightiest[..Choose(page, matches, weightiest)];
        var surfaces = page.SurfacesOf(story);
        var words = new List<string>(Most);
        foreach (var place in weightiest)
        {
            ref readonly var match = ref matches[place];
            var own = page.SurfaceAt(match.PagePlace);
            if ((asPageWrites && own is not null ? own : surfaces.TextOf(match.StoryPlace, page.Terms[match.PagePlace].Number) ?? own) is { } surface)
            {
                Add(words, surface);
            }
        }

        return words.Count > Most ? words[..Most] : words;
    }

    /// <summary>Adds a surface form behind weightier ones, unless a phrase among them has its words.</summary>
    public static void Add(List<string> surfaces, string surface)
    {
        foreach (var chosen in surfaces)
        {
            if (HasWords(chosen, surface))
            {
                return;
            }
        }

        var first = surfaces.Count;
        for (var place = surfaces.Count - 1; place >= 0; place--)
        {
            if (HasWords(surface, surfaces[place]))
            {
                surfaces.RemoveAt(place);
                first = place;
            }
        }

        surfaces.Insert(Math.Min(first, surfaces.Count), surface);
    }

    // Of equals the one with the lower identity goes first.
    private static int Choose(PageTerms page, ReadOnlySpan<TermMatch> matches, Span<int> weightiest)
    {
        var count = 0;
        for (var match = 0; match < matches.Length; match++)
        {
            if (count == weightiest.Length && !IsBefore(page, matches[match], matches[weightiest[^1]]))
            {
                continue;
            }

            var at = Math.Min(count, weightiest.Length - 1);
            for (; at > 0 && IsBefore(page, matches[match], matches[weightiest[at - 1]]); at--)
            {
                weightiest[at] = weightiest[at - 1];
            }

            weightiest[at] = match;
            count = Math.Min(count + 1, weightiest.Length);
        }

        return count;
    }

    private static bool IsBefore(PageTerms page, in TermMatch one, in TermMatch other) =>
        one.Product > other.Product || (one.Product == other.Product && page.Terms[one.PagePlace].Identity < page.Terms[other.PagePlace].Identity);

    private static bool HasWords(string phrase, string words)
    {
        if (phrase.Length <= words.Length)
        {
            return phrase.Equals(words, StringComparison.OrdinalIgnoreCase);
        }

        // A single word has no other in it, and most are single.
        if (!phrase.Contains(' ', StringComparison.Ordinal))
        {
            return false;
        }

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
