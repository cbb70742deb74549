using System.Globalization;
using Recommender.Articles;

namespace Recommender.Benchmarks.Generating;

/// <summary>
/// A newspaper of any size, the same for the same seed: a hundred articles a day, each on a topic that has words and names of its own, a third of them in a running story, of 120 to 600 words
/// by Zipf's law. An article is the same whatever the size of the corpus, so a larger one only goes further back.
/// </summary>
internal sealed class GeneratedCorpus(int seed)
{
    private const int ArticlesPerDay = 100;
    private const int Topics = 40;
    private const int GeneralWords = 120_000;
    private const int TopicWords = 4_000;
    private const int TopicNames = 6_000;
    private const int ArticlesPerThread = 25;
    private const int ThreadSpread = 20;
    private static readonly DateTimeOffset Newest = new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);

    /// <summary>The newest articles.</summary>
    /// <param name="count">How many.</param>
    public IEnumerable<ArticleInput> Take(int count) => Enumerable.Range(0, count).Select(Article);

    /// <summary>One of them; 0 is the newest.</summary>
    public ArticleInput Article(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var topic = GeneratedWords.Rank(random, Topics + 1);
        var thread = random.Next(3) == 0 ? (number / ArticlesPerThread) + random.Next(ThreadSpread) : (int?)null;
        var vocabulary = new Vocabulary(random, thread is { } story ? story * 31 % Topics : topic, thread);
        var words = (int)Math.Clamp(250 * Math.Exp(0.45 * Normal(random)), 120, 600);
        return new ArticleInput
        {
            Id = $"story-{number.ToString(CultureInfo.InvariantCulture)}",
            Url = $"https://generated.example/{number.ToString(CultureInfo.InvariantCulture)}",
            Title = vocabulary.Sentence(5 + random.Next(6)),
            Dek = vocabulary.Sentence(12 + random.Next(10)),
            Body = vocabulary.Text(words),
            Published = Newest.AddDays(-(double)number / ArticlesPerDay).ToString("O", CultureInfo.InvariantCulture),
            Topics = [$"Topic {vocabulary.Topic.ToString(CultureInfo.InvariantCulture)}"],
            Language = "en",
        };
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Vocabulary(Random random, int topic, int? thread)
    {
        public int Topic => topic;

        public string Sentence(int words)
        {
            var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => Next()));
            return char.ToUpperInvariant(text[0]) + text[1..];
        }

        public string Text(int words)
        {
            var sentences = new List<string>();
            for (var left = words; left > 0;)
            {
                var length = 8 + random.Next(12);
                sentences.Add(Sentence(length) + ".");
                left -= length;
            }

            return string.Join(' ', sentences);
        }

        // Of a hundred words, 40 are function words; of the rest two fifths are any, two fifths the topic's, and the others names and the running story's own.
        private string Next() => random.Next(100) switch
        {
            < 40 => GeneratedWords.Common(random),
            < 64 => GeneratedWords.Of(GeneratedWords.Rank(random, GeneralWords)),
            < 88 => GeneratedWords.Of((topic * 977) + GeneratedWords.Rank(random, TopicWords)),
            < 94 when thread is { } story => GeneratedWords.Of(GeneralWords + (story * 7) + random.Next(7)),
            < 97 when thread is { } story => Person((story * 3) + random.Next(3)),
            _ => Person((topic * TopicNames) + GeneratedWords.Rank(random, TopicNames)),
        };

        private static string Person(int number) => $"{GeneratedWords.Name(number % 1_500)} {GeneratedWords.Name(40_000 + (number * 17))}";
    }
}
