using System.Runtime.InteropServices;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Threads;

/// <summary>Names a thread by the terms that its articles share.</summary>
internal static class ThreadName
{
    private const string Separator = " · ";
    private const int Most = 3;
    private const int EnoughWords = 3;
    private const int Considered = 16;
    private const int LongestName = 4;
    private const int LongestSmallWord = 3;
    private const double SharedByMost = 0.5;

    /// <summary>
    /// Two terms, or three when two say little: of those that at least half of the articles have, the weightiest, in the form that most articles write. Empty when
    /// the articles share none whose form is known.
    /// </summary>
    public static string Of(IReadOnlyCollection<PackedTerms> articles, Func<uint, double> idf)
    {
        var shared = new Dictionary<uint, (int Articles, double Weight)>();
        foreach (var terms in articles)
        {
            for (var place = 0; place < terms.Count; place++)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(shared, terms.HashAt(place), out _);
                sum = (sum.Articles + 1, sum.Weight + terms.WeightAt(place));
            }
        }

        var enough = Math.Max(2, SharedByMost * articles.Count);
        var surfaces = new List<string>();
        foreach (var (hash, _) in shared
            .Where(term => term.Value.Articles >= enough)
            .Select(term => (term.Key, Weight: term.Value.Articles * term.Value.Weight * Math.Pow(idf(term.Key), 2)))
            .OrderByDescending(term => term.Weight).ThenBy(term => term.Key)
            .Take(Considered))
        {
            if (SurfaceOf(hash, articles) is { } surface && IsName(surface))
            {
                Add(surfaces, surface);
            }
        }

        var name = new List<string>();
        foreach (var surface in surfaces.Take(Most).TakeWhile((_, place) => place < 2 || name.Sum(Words) < EnoughWords))
        {
            name.Add(surface);
        }

        return string.Join(Separator, name);
    }

    // A pair may have small words in it: "Strait of Hormuz" is a name, "people are killed" is none.
    private static bool IsName(string surface) => Words(surface) <= 2 || surface.Split(' ').All(word => word.Length <= LongestSmallWord || char.IsUpper(word[0]));

    // Pairs overlap: "Brennan Sound" and "Sound Ferry" are one name, "death toll" and "toll rises" say one thing twice.
    private static void Add(List<string> surfaces, string surface)
    {
        var words = surface.Split(' ');
        var place = words.Length == 1 ? -1 : surfaces.FindIndex(chosen =>
            chosen.EndsWith(' ' + words[0], StringComparison.OrdinalIgnoreCase) || chosen.StartsWith(words[^1] + ' ', StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            SharedTerms.Add(surfaces, surface);
            return;
        }

        var chosen = surfaces[place];
        var longer = chosen.EndsWith(' ' + words[0], StringComparison.OrdinalIgnoreCase) ? $"{chosen} {string.Join(' ', words[1..])}" : $"{string.Join(' ', words[..^1])} {chosen}";
        if (Words(longer) <= LongestName && longer.Split(' ').All(word => char.IsUpper(word[0])))
        {
            surfaces[place] = longer;
        }
    }

    private static int Words(string surface) => surface.Split(' ').Length;

    private static string? SurfaceOf(uint hash, IEnumerable<PackedTerms> articles) => articles
        .Select(terms => terms.SurfaceOf(hash)).OfType<string>()
        .GroupBy(surface => surface, StringComparer.Ordinal)
        .OrderByDescending(form => form.Count()).ThenBy(form => form.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;
}
