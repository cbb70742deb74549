using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Benchmarks.Generating;

/// <summary>Generated articles as the engine has them.</summary>
internal static class GeneratedArticles
{
    private const int Seed = 1;

    /// <summary>The site they are of.</summary>
    public static Site Site { get; } = new() { Id = "corpus", Name = "Corpus" };

    /// <summary>As they come in.</summary>
    public static IEnumerable<ArticleInput> Inputs(int count) => new GeneratedCorpus(Seed).Take(count);

    /// <summary>Validated.</summary>
    public static List<Article> Of(int count)
    {
        var validator = new ArticleValidator(TimeProvider.System);
        return [.. Inputs(count).AsParallel().AsOrdered().Select(input => validator.TryValidate(Site, input, out var article, out var errors)
            ? article
            : throw new InvalidDataException(string.Join(' ', errors.Select(error => error.Message))))];
    }

    /// <summary>So many of them, evenly from the newest to the oldest.</summary>
    public static List<string> Sample(List<Article> articles, int most)
    {
        var count = Math.Min(most, articles.Count);
        return [.. Enumerable.Range(0, count).Select(place => articles[(int)((long)place * articles.Count / count)].Id)];
    }
}
