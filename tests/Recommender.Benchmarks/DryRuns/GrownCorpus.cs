using System.Globalization;
using Recommender.Articles;

namespace Recommender.Benchmarks.DryRuns;

/// <summary>Makes as many articles as wanted of a corpus: first its own, then new ones of the sentences of two, so that words stay as common as they are.</summary>
internal static class GrownCorpus
{
    // Prime, so that each round pairs an article with another.
    private const int Stride = 7_919;

    /// <summary>The articles.</summary>
    /// <param name="articles">The corpus.</param>
    /// <param name="count">How many are wanted.</param>
    public static IEnumerable<ArticleInput> Of(IReadOnlyList<Article> articles, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (one, other, round) = (articles[i % articles.Count], articles[(int)((long)i * Stride % articles.Count)], i / articles.Count);
            yield return new ArticleInput
            {
                Id = $"story-{i.ToString(CultureInfo.InvariantCulture)}",
                Url = $"https://corpus.example/{i.ToString(CultureInfo.InvariantCulture)}",
                Title = round == 0 ? one.Title : $"{one.Title}, {other.Title}"[..Math.Min(200, one.Title.Length + other.Title.Length + 2)],
                Dek = one.Dek,
                Body = round == 0 ? one.Body : string.Join(". ", Alternate(Sentences(one.Body), Sentences(other.Body), round)),
                Published = one.Published.AddHours(-37 * round).ToString("O", CultureInfo.InvariantCulture),
                Topics = [.. one.EffectiveTopics.Select(topic => topic.Name)],
                Language = one.Language,
            };
        }
    }

    private static string[] Sentences(string text) => text.Split(". ", StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Alternate(string[] one, string[] other, int round) =>
        one.Where((_, place) => (place + round) % 2 == 0).Concat(other.Where((_, place) => (place + round) % 2 != 0));
}
