using CsCheck;
using Recommender.Ranking.Features;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

public sealed class PairComparisonTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<IndexedArticle> Articles =
        from terms in Gen.Select(Gen.UInt[1, 30], Gen.Int[1, 9], Gen.Int[0, 31], (hash, count, traits) => new AnalysedTerm(hash * 4, $"w{hash}", count, (TermTraits)traits)).Array[0, 20]
        from topics in Gen.OneOf(new[] { "harbour", "schools", "council" }).Array[0, 3]
        from words in Gen.Int[0, 2_000]
        from latent in Gen.SByte.Array[4]
        from address in Gen.UInt[1, 4]
        from links in Gen.UInt[1, 4].Array[0, 3]
        select new IndexedArticle("", Published, "en", PackedTerms.Pack(terms.DistinctBy(PackedTerms.Identity), words))
        {
            Topics = [.. topics.Distinct()],
            Address = address,
            Links = links,
            Latent = LatentVector.Quantise(1, Array.ConvertAll(latent, value => (float)value)),
        };

    [Fact]
    public void The_other_way_round_is_the_reverse_and_all_figures_are_shares_or_not_known() => Articles.Array[2, 12].Sample(articles =>
    {
        using var index = Index(articles);
        for (var page = 0; page < articles.Length; page++)
        {
            for (var story = 0; story < articles.Length; story++)
            {
                var pair = index.Compare(Id(page), Id(story))!.Value;
                var reverse = index.Compare(Id(story), Id(page))!.Value;
                Assert.All(PairFeatures.All, feature => Assert.Equal(feature.Of(reverse), feature.Of(pair.Reverse()), 1e-12));
                Assert.Equal(reverse.Links, pair.Reverse().Links);
                Assert.Equal(pair.Links, PairFeatures.LinksOf(PairFeatures.Pack(pair)));
                Assert.Equal(pair, pair.Reverse().Reverse());
                Assert.InRange(pair.Terms, 0, 1);
                Assert.Contains("Words", $"{pair}", StringComparison.Ordinal);
                Assert.All(PairFeatures.All, feature => Assert.True(feature.Of(pair) is double.NaN or (>= 0 and <= 1), $"{feature.Name} is {feature.Of(pair)}."));
            }
        }
    }, iter: 300);

    [Fact]
    public void An_article_is_all_that_it_is_itself() => Articles.Where(article => article.Terms.Count > 0).Array[1, 8].Sample(articles =>
    {
        using var index = Index(articles);
        var pair = index.Compare(Id(0), Id(0))!.Value;
        double[] cosines = [pair.Words, pair.Pairs, pair.Names, pair.Headlines, pair.Leads, pair.StoryHeadlineInPage, pair.StoryIntroductionInPage, pair.Topics];
        // Lengths are kept in half precision, which is finer than what features are told in.
        Assert.All(cosines.Where(cosine => !double.IsNaN(cosine)), cosine => Assert.Equal(1, cosine, 1 / 508.0));
    });

    [Fact]
    public void What_one_of_them_does_not_have_is_not_known()
    {
        var bare = new IndexedArticle("", Published, "en", PackedTerms.Pack([new AnalysedTerm(4, "ferry", 1, TermTraits.None)], 1));
        using var index = Index([bare, bare with { Terms = PackedTerms.Pack([], 0) }, bare]);

        var pair = index.Compare(Id(0), Id(2))!.Value;
        Assert.Equal(1, pair.Words, 1e-6);
        Assert.All(
            new[] { pair.Pairs, pair.Names, pair.Headlines, pair.Leads, pair.StoryHeadlineInPage, pair.PageHeadlineInStory, pair.StoryIntroductionInPage, pair.Topics },
            value => Assert.True(double.IsNaN(value)));
        Assert.Null(pair.Latent);
        pair = index.Compare(Id(0), Id(1))!.Value;
        Assert.True(double.IsNaN(pair.Words));
        Assert.Equal(0, pair.Terms);
    }

    [Fact]
    public void What_stands_where_is_compared_with_what_stands_there()
    {
        using var index = Index([
            Article(("ferry", TermTraits.Headline), ("strike", TermTraits.Headline), ("Brennan", TermTraits.Name)),
            Article(("ferry", TermTraits.None), ("strike", TermTraits.Lead), ("Brennan", TermTraits.Name), ("apple", TermTraits.Headline)),
        ]);

        var pair = index.Compare(Id(0), Id(1))!.Value;

        Assert.Equal((1, 0, 0), (pair.PageHeadlineInStory, pair.StoryHeadlineInPage, pair.Headlines));
        Assert.Equal(1, pair.Names, 1e-6);
        Assert.True(double.IsNaN(pair.Leads));
        Assert.InRange(pair.Words, 0.3, 0.99);
    }

    private static IndexedArticle Article(params (string Word, TermTraits Traits)[] words) => new("", Published, "en", PackedTerms.Pack(
        words.Select(word => new AnalysedTerm((uint)word.Word.Sum(letter => letter * 31) * 4, word.Word, 1, word.Traits)), words.Length));

    private static string Id(int place) => $"a{place}";

    private static SimilarityIndex Index(IEnumerable<IndexedArticle> articles)
    {
        var index = new SimilarityIndex();
        foreach (var (place, article) in articles.Index())
        {
            index.Set(article with { Id = Id(place) });
        }

        index.Measure();
        return index;
    }
}
