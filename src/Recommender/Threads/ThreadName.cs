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
            .Select(term => (term.Key, Weight: term.Value.Weight * Math.Pow(idf(term.Key), 2)))
            .OrderByDescending(term => term.Weight).ThenBy(term => term.Key)
            .Take(Considered))
        {
            if (SurfaceOf(hash, articles) is { } surface)
            {
                SharedTerms.Add(surfaces, surface);
            }
        }

        var name = new List<string>();
        foreach (var surface in surfaces.Take(Most).TakeWhile((_, place) => place < 2 || name.Sum(Words) < EnoughWords))
        {
            name.Add(surface);
        }

        return string.Join(Separator, name);
    }

    private static int Words(string surface) => surface.Split(' ').Length;

    private static string? SurfaceOf(uint hash, IEnumerable<PackedTerms> articles) => articles
        .Select(terms => terms.SurfaceOf(hash)).OfType<string>()
        .GroupBy(surface => surface, StringComparer.Ordinal)
        .OrderByDescending(form => form.Count()).ThenBy(form => form.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;
}
