using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

public sealed class SimilarityIndexParallelTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Readers_and_writers_at_once_leave_what_a_single_writer_would()
    {
        using var index = new SimilarityIndex();
        using var expected = new SimilarityIndex();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var asked = 0; !done.IsCancellationRequested; asked++)
            {
                var nearest = index.Nearest($"story-{asked % 200}", 10);
                Assert.True(nearest.Count <= 10 && nearest.All(near => near.Similarity is > 0 and <= 1) && nearest.DistinctBy(near => near.Id).Count() == nearest.Count);
                var ids = index.Ids;
                Assert.Equal(ids.Count, ids.Distinct().Count());
            }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var version = 0; version < 15; version++)
            {
                for (var story = writer; story < 200; story += 4)
                {
                    index.Set(Article(story, version));
                    if ((story + version) % 3 == 0)
                    {
                        index.Remove($"story-{story}");
                    }
                }
            }
        })));
        await done.CancelAsync();
        await Task.WhenAll(readers);

        foreach (var story in Enumerable.Range(0, 200).Where(story => (story + 14) % 3 != 0))
        {
            expected.Set(Article(story, 14));
        }

        index.Measure();
        expected.Measure();
        Assert.Equal(expected.Ids, index.Ids);
        Assert.Equal(expected.Count, index.Count);
        Assert.All(expected.Ids, id => Assert.Equal(
            expected.Nearest(id, 200).Select(near => (near.Id, near.Similarity)), index.Nearest(id, 200).Select(near => (near.Id, near.Similarity))));
    }

    [Fact]
    public void On_a_handful_of_articles_the_weights_stay_sane()
    {
        using var index = new SimilarityIndex();
        Assert.Equal(1, index.Worth(4), 12);

        index.Set(Article(1, 0));
        Assert.Empty(index.Nearest("story-1", 5));
        index.Set(Article(2, 0) with { Terms = index.Find("story-1")!.Terms });

        Assert.Equal(1, Assert.Single(index.Nearest("story-1", 5)).Similarity);
        Assert.All(Enumerable.Range(0, index.Find("story-1")!.Terms.Count), place =>
        {
            var hash = index.Find("story-1")!.Terms.HashAt(place);
            Assert.Equal(1, index.Worth(hash), 12);
        });
    }

    [Fact]
    public void A_word_that_is_common_on_the_site_tells_little_though_it_was_kept_of_few_articles()
    {
        const uint common = 4;
        using var index = new SimilarityIndex();
        foreach (var story in Enumerable.Range(0, 40))
        {
            index.Set(Plain(story, story < 2 ? [common, (uint)(400 + (4 * story))] : [(uint)(400 + (4 * story))]));
        }

        var before = index.Worth(common);
        index.Learn(TermShares.Of([.. Enumerable.Repeat(new HashSet<uint> { common }, 9), new HashSet<uint>()]));

        Assert.True(index.Worth(common) < before / 3, "It stands in nine of ten articles.");
        Assert.True(index.Worth(common) < index.Worth(400), "Other words are as rare as they were.");
        index.Set(Plain(50, [common, 996]));
        Assert.True(index.Worth(common) < before / 3, "What is known outlives a publication.");
    }

    [Fact]
    public void Counts_tell_of_a_common_word_that_was_kept_of_no_article()
    {
        const uint common = 4;
        using var index = new SimilarityIndex();
        foreach (var story in Enumerable.Range(0, 40))
        {
            index.Set(Plain(story, [(uint)(400 + (4 * (story / 2)))]));
        }

        index.Learn(TermShares.Of([.. Enumerable.Repeat(new HashSet<uint> { common }, 9), new HashSet<uint>()]));

        var counts = index.CountTerms();
        Assert.Equal(index.Worth(common), counts.Worth(common), 1e-6);
        Assert.Equal(index.Worth(400), counts.Worth(400), 1e-6);
        Assert.True(counts.Worth(common) < counts.Worth(400) / 3, "It stands in nine of ten articles.");
        Assert.Equal(counts.Worth(common), TermCounts.FromBytes(counts.ToBytes()).Worth(common));
    }

    private static IndexedArticle Plain(int story, uint[] terms) =>
        new($"plain-{story}", Published, "en", PackedTerms.Pack(terms.Select(hash => new AnalysedTerm(hash, $"w{hash}", 1, TermTraits.None)), 100));

    private static IndexedArticle Article(int story, int version) => new($"story-{story}", Published, "en", PackedTerms.Pack(
        Enumerable.Range(1, 12).Select(i => (uint)(4 * (1 + (((story * 7) + (version * 3) + (i * i)) % 60)))).Distinct().Select(hash => new AnalysedTerm(hash, $"w{hash}", 1, TermTraits.None)), 100));
}
