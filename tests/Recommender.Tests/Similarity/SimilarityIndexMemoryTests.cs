using CsCheck;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

/// <summary>What goes into the index comes out of it again, whatever else came, changed and went.</summary>
public sealed class SimilarityIndexMemoryTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Surfaces = Gen.OneOf(
        Gen.String[Gen.Char["aeimnqzAEIMNQZ"], 0, 40], Gen.String[Gen.Char["abyz ABYZ-'ß09."], 0, 40], Gen.String[0, 40].Where(Recommender.Tables.TableLimits.IsWellFormed));

    // Some that hardly any other article has, and some that many have and most write the same way.
    private static readonly Gen<(uint Hash, string Surface)> Forms = Gen.OneOf(
        Gen.Select(Gen.UInt, Surfaces, (hash, surface) => (hash, surface)),
        Gen.Select(Gen.UInt[0, 40], Gen.OneOf(new[] { "harbour", "harbour", "harbour", "Harbour", "東京", "" }), (hash, surface) => (hash << 2, surface)));

    private static readonly Gen<AnalysedTerm> Terms = Gen.Select(
        Forms, Gen.Int[1, 300], Gen.Int[0, 31], (form, count, traits) => new AnalysedTerm(form.Hash, form.Surface, count, (TermTraits)traits));

    private static readonly Gen<IndexedArticle> Articles =
        from id in Gen.OneOf(Gen.Int[0, 40].Select(number => $"story-{number}"), Gen.Int[0, 5].Select(number => $"Ärzte/東京 {new string('x', 100 * number)}"))
        from age in Gen.Int[0, 10_000]
        from language in Gen.OneOf(new[] { "en", "es", "ja" })
        from terms in Terms.Array[0, 140]
        from words in Gen.Int[0, 2_000]
        from topics in Gen.OneOf(new[] { "harbour", "schools", "council" }).Array[0, 3]
        from evergreen in Gen.Bool
        from latent in Gen.SByte.Array[0, 100]
        from address in Gen.UInt
        from links in Gen.UInt.Array[0, 40]
        select new IndexedArticle(id, Published.AddHours(-age), language, PackedTerms.Pack(terms.DistinctBy(PackedTerms.Identity), words))
        {
            Topics = [.. topics.Distinct()],
            Evergreen = evergreen,
            Address = address,
            Links = links,
            Latent = latent.Length == 0 ? null : LatentVector.Quantise(1, Array.ConvertAll(latent, value => (float)value)),
        };

    [Fact]
    public void An_article_comes_out_as_it_went_in() => Gen.Select(Articles, Gen.Int[0, 3]).Array[1, 60].Sample(steps =>
    {
        using var index = new SimilarityIndex();
        var expected = new Dictionary<string, IndexedArticle>();
        foreach (var (article, step) in steps)
        {
            if (step == 0)
            {
                Assert.Equal(expected.Remove(article.Id), index.Remove(article.Id));
                continue;
            }

            Set(index, article, measured: step == 1);
            expected[article.Id] = article;
        }

        index.Measure();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), index.Ids);
        Assert.All(expected.Values, article =>
        {
            var found = index.Find(article.Id)!;
            Assert.Equal(
                (article.Id, article.Published, article.Language, article.Terms, article.Evergreen, article.Address, article.Latent),
                (found.Id, found.Published, found.Language, found.Terms, found.Evergreen, found.Address, found.Latent));
            Assert.Equal(article.Topics, found.Topics);
            Assert.Equal(article.Links, found.Links);
            var outline = index.Outline(article.Id)!;
            Assert.Equal((article.Id, article.Published, article.Language), (outline.Id, outline.Published, outline.Language));
            Assert.Equal(article.Topics, outline.Topics);
        });
        Assert.Null(index.Find("nobody"));
        Assert.Null(index.Outline("nobody"));
    }, iter: 300);

    [Fact]
    public void Many_articles_that_change_over_and_over_leave_what_they_are_at_last()
    {
        const int Stories = 20_000;
        using var index = new SimilarityIndex();
        for (var version = 0; version < 3; version++)
        {
            for (var story = 0; story < Stories; story++)
            {
                index.SetUnmeasured(Story(story, version));
            }
        }

        for (var story = 0; story < Stories; story += 2)
        {
            Assert.True(index.Remove($"story-{story}"));
        }

        index.Measure();

        Assert.Equal(Stories / 2, index.Count);
        foreach (var story in Enumerable.Range(0, 50).Select(place => (place * 398) + 1))
        {
            Assert.Equal(Story(story, 2).Terms, index.Find($"story-{story}")!.Terms);

            // Of each two hundred, two share a word that no other has; of a thousand one has the same company.
            var nearest = index.Nearest($"story-{story}", 40);
            Assert.Equal($"story-{(story % 200 < 100 ? story + 100 : story - 100)}", nearest[0].Id);
            Assert.Contains($"own{story / 200}x{story % 100}", nearest[0].Terms);
            Assert.All(nearest, near => Assert.Equal(index.Similarity($"story-{story}", near.Id), near.Similarity));
        }
    }

    [Fact]
    public void A_sample_is_spread_over_all_articles_and_no_more_than_asked_for()
    {
        using var index = new SimilarityIndex();
        Assert.Empty(index.Sample(10));
        foreach (var story in Enumerable.Range(0, 1_000))
        {
            index.SetUnmeasured(Story(story, 0));
        }

        Assert.Equal(index.Ids, index.Sample(1_000).Select(article => article.Id));
        Assert.Equal(index.Ids, index.Sample(5_000).Select(article => article.Id));
        Assert.Equal(index.Ids.Where((_, place) => place % 10 == 0), index.Sample(100).Select(article => article.Id));
    }

    private static IndexedArticle Story(int story, int version) => new($"story-{story}", Published.AddDays(-story / 50), "en", PackedTerms.Pack(
        new[] { $"own{story / 200}x{story % 100}", $"company{story % 1_000}", $"version{version}", $"common{story % 7}" }.Select(Term), 100));

    private static AnalysedTerm Term(string word) =>
        new((uint)System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(word)) & ~1u, word, 1, TermTraits.None);

    private static void Set(SimilarityIndex index, IndexedArticle article, bool measured)
    {
        if (measured)
        {
            index.Set(article);
        }
        else
        {
            index.SetUnmeasured(article);
        }
    }
}
