using Recommender.Articles;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Copies that are to be found, and pairs that are not, or by their own doing, copies: an article's most similar others, and pairs drawn by lot.</summary>
internal sealed record DuplicateTestSet
{
    private const int Seed = 20_261_125;
    private const int Sampled = 400;
    private const int Hardest = 5;
    private const int Drawn = 200_000;
    private const int ShortWords = 40;

    /// <summary>Share of words edited, in percent.</summary>
    public static IReadOnlyList<int> Levels { get; } = [0, 5, 10, 20, 30];

    /// <summary>Copies with what was done to them.</summary>
    public required IReadOnlyList<(int Percent, Treatment Treatment, bool IsShort, Pair Pair)> Copies { get; init; }

    /// <summary>Articles with those that an index of terms finds most similar.</summary>
    public required IReadOnlyList<Pair> Similar { get; init; }

    /// <summary>Pairs drawn by lot.</summary>
    public required IReadOnlyList<Pair> Random { get; init; }

    /// <summary>Builds it: the same articles always give the same set.</summary>
    public static DuplicateTestSet Of(IReadOnlyCollection<Article> articles)
    {
        var all = articles.OrderBy(article => article.Id, StringComparer.Ordinal).Select(WithFingerprint).ToArray();
        var byId = all.ToDictionary(article => article.Id, StringComparer.Ordinal);
        var words = all.SelectMany(article => article.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
        var random = new Random(Seed);
        random.Shuffle(all);
        var sample = all.Where(article => Words(article) >= 8).Take(Sampled).ToList();
        var edits = new Edits(Seed, words);
        using var index = new MoreLikeThisIndex(all);
        return new DuplicateTestSet
        {
            Copies = [.. from percent in Levels
                         from treatment in Enum.GetValues<Treatment>()
                         from article in sample
                         select (percent, treatment, Words(article) < ShortWords, new Pair(article, WithFingerprint(edits.Copy(article, percent, treatment))))],
            Similar = [.. sample.SelectMany(article => index.Like(article.Id, DateTimeOffset.MaxValue, Hardest).Select(id => new Pair(article, byId[id])))],
            Random = [.. Enumerable.Range(0, Drawn).Select(_ => (Left: all[random.Next(all.Length)], Right: all[random.Next(all.Length)]))
                .Where(pair => pair.Left != pair.Right).Select(pair => new Pair(pair.Left, pair.Right))],
        };
    }

    private static Article WithFingerprint(Article article) => article with { Fingerprint = Fingerprint.Of(article) };

    private static int Words(Article article) => article.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
