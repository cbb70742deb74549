using CsCheck;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

public sealed class SimilarityIndexTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Dictionary<int, int[]>> Corpora =
        Gen.Dictionary(Gen.Int[0, 30], Gen.Int[1, 40].ArrayUnique[1, 12])[0, 15];

    [Fact]
    public void The_nearest_shares_the_rarest_terms()
    {
        using var index = Index(("page", "harbour strike ferry"), ("rare", "strike ferry"), ("common", "harbour weather"), ("other", "harbour garden"), ("far", "apple cider"));

        var nearest = index.Nearest("page", 10);

        Assert.Equal(["rare", "common", "other"], nearest.Select(near => near.Id));
        Assert.Equal(["ferry", "strike"], nearest[0].Terms.Order());
    }

    [Fact]
    public void The_same_text_has_similarity_one_and_a_strange_one_none()
    {
        using var index = Index(("a", "harbour strike ferry"), ("b", "harbour strike ferry"), ("c", "apple cider"));

        Assert.Equal(1, Assert.Single(index.Nearest("a", 10)).Similarity, 6);
        Assert.Empty(index.Nearest("c", 10));
        Assert.Empty(index.Nearest("nobody", 10));
    }

    [Fact]
    public void Articles_are_compared_within_one_language()
    {
        using var index = Index(("a", "Gullhaven ferry"), ("b", "Gullhaven ferry"));
        index.Set(Article("c", "Gullhaven ferry") with { Language = "es" });

        Assert.Equal(["b"], index.Nearest("a", 10).Select(near => near.Id));
    }

    [Fact]
    public void Only_as_many_as_asked_for_are_given_and_these_are_the_best() =>
        Corpora.Where(corpus => corpus.Count > 1).Sample(corpus =>
        {
            using var index = Index(corpus);
            var page = Name(corpus.Keys.First());
            Assert.Equal(index.Nearest(page, 100).Take(3), index.Nearest(page, 3), (left, right) => left.Id == right.Id && left.Similarity == right.Similarity);
        });

    [Fact]
    public void Similarity_is_symmetric_and_between_nothing_and_one() =>
        Corpora.Sample(corpus =>
        {
            using var index = Index(corpus);
            foreach (var page in corpus.Keys.Select(Name))
            {
                foreach (var near in index.Nearest(page, 100))
                {
                    Assert.InRange(near.Similarity, 0, 1);
                    Assert.Equal(near.Similarity, index.Nearest(near.Id, 100).Single(back => back.Id == page).Similarity, 5);
                }
            }
        });

    [Fact]
    public void However_an_index_came_about_the_same_articles_have_the_same_neighbours() =>
        Gen.Select(Corpora, Corpora, Gen.Int[0, 30].Array).Sample((before, after, removed) =>
        {
            using var grown = Index(before);
            foreach (var id in before.Keys.Concat(removed).Where(id => !after.ContainsKey(id)))
            {
                grown.Remove(Name(id));
            }

            foreach (var (id, words) in after)
            {
                grown.Set(Article(Name(id), Words(words)));
            }

            using var fresh = Index(after);
            grown.Measure();
            fresh.Measure();
            Assert.Equal(fresh.Ids, grown.Ids);
            Assert.All(fresh.Ids, id => Assert.Equal(
                fresh.Nearest(id, 100).Select(near => (near.Id, near.Similarity)),
                grown.Nearest(id, 100).Select(near => (near.Id, near.Similarity))));
        });

    [Fact]
    public void Where_there_are_too_many_products_common_terms_are_left_out_and_the_nearest_are_found_all_the_same()
    {
        // Two hundred subjects of twenty articles each have a word of their own and one of two that the next subject has too; of fifty common words every article has forty.
        const int Articles = 4_000;
        var random = new Random(1);
        using var index = Index(Enumerable.Range(0, Articles).Select(id => (Name(id), string.Join(' ', Enumerable.Range(0, 50).OrderBy(_ => random.Next()).Take(40).Select(word => $"common{word}")
            .Concat([$"own{id % 200}", $"shared{id % 200}", $"shared{(id + 1) % 200}"])))));

        var pages = Enumerable.Range(0, 20).Select(page => Name(page * 199)).ToList();

        Assert.InRange(pages.Average(page => Recall(index, page, depth: 20)), 0.97, 1);
        Assert.All(index.Nearest(pages[0], 50), near => Assert.Equal(index.Similarity(pages[0], near.Id)!.Value, near.Similarity));
    }

    [Fact]
    public void An_article_in_two_indexes_is_compared_by_each_with_its_own()
    {
        using var one = Index(("a", "harbour strike ferry"), ("b", "harbour strike"));
        using var other = Index(("c", "apple cider"), ("d", "harbour garden"));
        other.Set(one.Find("a")!);

        Assert.Equal(["b"], one.Nearest("a", 10).Select(near => near.Id));
        Assert.Equal(["d"], other.Nearest("a", 10).Select(near => near.Id));
    }

    private static double Recall(SimilarityIndex index, string page, int depth)
    {
        var nearest = index.Ids.Where(id => id != page).OrderByDescending(id => index.Similarity(page, id)).ThenBy(id => id, StringComparer.Ordinal).Take(depth);
        return index.Nearest(page, depth).Select(near => near.Id).Intersect(nearest).Count() / (double)depth;
    }

    private static SimilarityIndex Index(params IEnumerable<(string Id, string Words)> articles)
    {
        var index = new SimilarityIndex();
        foreach (var (id, words) in articles)
        {
            index.Set(Article(id, words));
        }

        index.Measure();
        return index;
    }

    private static SimilarityIndex Index(Dictionary<int, int[]> corpus) => Index(corpus.Select(entry => (Name(entry.Key), Words(entry.Value))));

    private static string Name(int id) => $"story-{id}";

    private static string Words(int[] words) => string.Join(' ', words.Select(word => $"word{word}"));

    private static IndexedArticle Article(string id, string words) => new(id, Published, "en", PackedTerms.Pack(words.Split(' ').Select(word =>
        new AnalysedTerm((uint)System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(word)) & ~1u, word, 1, TermTraits.None)), 100));
}
