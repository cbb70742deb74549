using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Benchmarks.Indexing;

/// <summary>Articles in a similarity index, as a reindex leaves it.</summary>
internal static class BuiltIndex
{
    /// <summary>The terms of articles.</summary>
    public static IReadOnlyList<(Article Article, AnalysedText Text)> Analyse(IEnumerable<Article> articles) =>
        [.. articles.AsParallel().AsOrdered().Select(article => (article, TermAnalyzer.Analyse(article)))];

    /// <param name="texts">The articles and their terms.</param>
    /// <param name="capacity">Terms kept of each.</param>
    /// <param name="mostBytes">Bytes they are kept in.</param>
    public static SimilarityIndex Of(IReadOnlyCollection<(Article Article, AnalysedText Text)> texts, int capacity = TermSelection.Capacity, int mostBytes = PackedTerms.MaxBytes)
    {
        var index = new SimilarityIndex();
        var step = Math.Max(1, (texts.Count + TermShares.MostArticles - 1) / TermShares.MostArticles);
        index.Learn(TermShares.Of([.. texts.Where((_, place) => place % step == 0).Select(entry => entry.Text.Terms.Select(PackedTerms.Identity).ToHashSet())]));

        // A second time, for only now it is known what stands in few articles.
        for (var round = 0; round < 2; round++)
        {
            foreach (var (article, text) in texts)
            {
                Set(index, article, text.Language, TermSelection.Select(text, index, capacity, mostBytes), latent: null);
            }

            index.Measure();
        }

        if (LatentTrainer.Train(index.Sample(LatentTrainer.MostArticles)) is { } projection)
        {
            foreach (var (article, _) in texts)
            {
                var known = index.Find(article.Id)!;
                Set(index, article, known.Language, known.Terms, projection.Project(known.Terms, generation: 1));
            }
        }

        index.Measure();
        return index;
    }

    private static void Set(SimilarityIndex index, Article article, string language, PackedTerms terms, LatentVector? latent) =>
        index.Set(new IndexedArticle(article.Id, article.Published, language, terms) { Topics = article.Card.Topics, Evergreen = article.Evergreen, Latent = latent });
}
