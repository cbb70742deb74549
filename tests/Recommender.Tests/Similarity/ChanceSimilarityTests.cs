using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

public sealed class ChanceSimilarityTests
{
    private const int Vocabulary = 20_000;

    [Fact]
    public void It_falls_as_a_site_grows()
    {
        var (few, some, many) = (Measured(20), Measured(150), Measured(1_500));

        Assert.True(some < 0.8 * few && many < 0.8 * some, $"{few} of few, {some} of some, {many} of many.");
    }

    [Fact]
    public void One_pair_in_twenty_reaches_it()
    {
        using var index = Index(60);
        var chance = ChanceSimilarity.Measure(index)!.Value;

        var ids = index.Ids;
        var all = ids.SelectMany((one, place) => ids.Skip(place + 1).Select(other => index.Similarity(one, other)!.Value)).ToList();
        Assert.InRange(all.Count(similarity => similarity >= chance) / (double)all.Count, 0.05, 0.06);
    }

    [Fact]
    public void Too_few_stories_tell_nothing_and_neither_do_stories_of_many_languages()
    {
        using var few = Index(14);
        using var nobody = Index(0);
        using var apart = Index(26, number => number.ToString(CultureInfo.InvariantCulture));

        Assert.Null(ChanceSimilarity.Measure(few));
        Assert.Null(ChanceSimilarity.Measure(nobody));
        Assert.Null(ChanceSimilarity.Measure(apart));
    }

    [Fact]
    public void The_same_stories_give_the_same_in_whatever_order_they_came()
    {
        using var index = Index(300);
        using var backwards = new SimilarityIndex();
        foreach (var article in index.Ids.Select(index.Find).OfType<IndexedArticle>().Reverse())
        {
            backwards.Set(article);
        }

        backwards.Measure();
        Assert.Equal(ChanceSimilarity.Measure(index), ChanceSimilarity.Measure(backwards));
    }

    private static double Measured(int articles)
    {
        using var index = Index(articles);
        return ChanceSimilarity.Measure(index)!.Value;
    }

    // Thirty words each, the second half as often as the first, the third a third as often, as in any language.
    private static SimilarityIndex Index(int articles, Func<int, string>? language = null)
    {
        var index = new SimilarityIndex();
        var random = new Random(7);
        for (var number = 0; number < articles; number++)
        {
            var words = Enumerable.Range(0, 30).Select(_ => (int)Math.Pow(Vocabulary, random.NextDouble())).ToHashSet();
            var terms = words.Select(word => new AnalysedTerm((uint)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"word{word}")) & ~1u, $"word{word}", 1, TermTraits.None));
            index.Set(new IndexedArticle($"story-{number}", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), language?.Invoke(number) ?? "en", PackedTerms.Pack(terms, 30)));
        }

        index.Measure();
        return index;
    }
}
