using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

/// <summary>An index of more articles than are multiplied at once.</summary>
public sealed class ManyArticlesTests
{
    private const int Count = 40_000;
    private const int Groups = 2_000;
    private static readonly DateTimeOffset Newest = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly IndexedArticle[] All = [.. Enumerable.Range(0, Count).Select(Article)];

    [Fact]
    public void The_nearest_are_the_same_in_whatever_order_articles_came()
    {
        using var dated = IndexOf(All);
        using var shuffled = IndexOf(Shuffled());

        Assert.All(Enumerable.Range(0, 40).Select(page => All[page * 997].Id), page =>
        {
            var nearest = dated.Nearest(page, 12);
            Assert.Equal(12, nearest.Count);
            Assert.Equal(nearest.Select(near => (near.Id, near.Similarity)), shuffled.Nearest(page, 12).Select(near => (near.Id, near.Similarity)));
        });
    }

    [Fact]
    public void The_nearest_are_those_that_any_comparison_of_all_gives()
    {
        using var index = IndexOf(Shuffled());
        Assert.All(Enumerable.Range(0, 4).Select(page => All[page * 9_001]), page =>
        {
            var expected = All.Where(story => story.Id != page.Id)
                .Select(story => (story.Id, Strength: Math.Round(Neighbour.StrengthOf(index.Similarity(page.Id, story.Id)!.Value, page.Published - story.Published), 6)))
                .Where(story => story.Strength > 0)
                .OrderByDescending(story => story.Strength).ThenBy(story => story.Id, StringComparer.Ordinal)
                .Take(10);
            Assert.Equal(expected, index.Nearest(page.Id, 10).Select(near => (near.Id, near.Strength)));
        });
    }

    [Fact]
    public void Several_pages_get_what_each_alone_gets()
    {
        using var index = IndexOf(All);
        string[] pages = [.. Enumerable.Range(0, 30).Select(page => All[page * 1_301].Id), "nobody", All[7].Id, All[7].Id];

        var together = index.Nearest(pages, 9);

        Assert.Equal(pages.Length, together.Count);
        Assert.All(pages.Zip(together), page => Assert.Equivalent(index.Nearest(page.First, 9), page.Second, strict: true));
        Assert.Empty(together[30]);
        Assert.Empty(index.Nearest(Array.Empty<string>(), 9));
    }

    [Fact]
    public void Whoever_comes_and_goes_in_the_middle_does_so_for_all()
    {
        using var index = IndexOf(Shuffled());
        var (page, nearest) = (All[20_000].Id, index.Nearest(All[20_000].Id, 3));

        Assert.True(index.Remove(nearest[0].Id));
        Assert.DoesNotContain(nearest[0].Id, index.Nearest(page, 3).Select(near => near.Id));

        index.Set(All.Single(article => article.Id == nearest[0].Id));
        Assert.Equal(nearest.Select(near => near.Id), index.Nearest(page, 3).Select(near => near.Id));
    }

    private static SimilarityIndex IndexOf(IEnumerable<IndexedArticle> articles)
    {
        var index = new SimilarityIndex();
        foreach (var article in articles)
        {
            index.SetUnmeasured(article);
        }

        index.Measure();
        return index;
    }

    private static IndexedArticle[] Shuffled()
    {
        var articles = All.ToArray();
        new Random(3).Shuffle(articles);
        return articles;
    }

    // Each has a term of its group, some of larger groups, and one that all have.
    private static IndexedArticle Article(int number)
    {
        var random = new Random(number);
        uint[] terms = [(uint)(100_000 + (number % Groups)), (uint)(200_000 + random.Next(50)), (uint)(300_000 + random.Next(300)), (uint)(400_000 + random.Next(Groups)), 500_000];
        return new IndexedArticle(
            $"story-{number}",
            Newest.AddHours(-number),
            "en",
            PackedTerms.Pack([.. terms.Select(hash => new AnalysedTerm(hash, "", 1 + random.Next(3), TermTraits.None))], 100));
    }
}
