using Recommender.Articles;
using Recommender.Evaluation;
using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Benchmarks.Packing;

/// <summary>A corpus indexed as a reindex does it, with as many terms an article as wanted.</summary>
internal sealed class PackedCorpus : IDisposable
{
    private readonly SimilarityIndex index = new();

    /// <param name="texts">The articles and their terms.</param>
    /// <param name="capacity">Terms kept of each.</param>
    /// <param name="mostBytes">Bytes they are kept in.</param>
    public PackedCorpus(IReadOnlyCollection<(Article Article, AnalysedText Text)> texts, int capacity, int mostBytes)
    {
        var step = Math.Max(1, (texts.Count + TermShares.MostArticles - 1) / TermShares.MostArticles);
        index.Learn(TermShares.Of([.. texts.Where((_, place) => place % step == 0).Select(entry => entry.Text.Terms.Select(PackedTerms.Identity).ToHashSet())]));

        // A second time, for only now it is known what stands in few articles.
        for (var round = 0; round < 2; round++)
        {
            foreach (var (article, text) in texts)
            {
                Set(article, text.Language, TermSelection.Select(text, index, capacity, mostBytes), latent: null);
            }

            index.Measure();
        }

        if (LatentTrainer.Train(index.Articles) is { } projection)
        {
            foreach (var (article, _) in texts)
            {
                var known = index.Find(article.Id)!;
                Set(article, known.Language, known.Terms, projection.Project(known.Terms, generation: 1));
            }
        }

        index.Measure();
    }

    /// <summary>The articles.</summary>
    public IReadOnlyDictionary<string, IndexedArticle> Articles => index.Articles.ToDictionary(article => article.Id, StringComparer.Ordinal);

    /// <summary>The neighbours of judged pages that were published no later than the page, as a ranker sees them.</summary>
    public IReadOnlyList<JudgedList> Judge(Qrels judged) =>
    [
        .. judged.Queries.Where(page => index.Find(page) is not null).Select(page =>
        {
            var published = index.Find(page)!.Published;
            var near = index.Nearest(page, NeighbourList.Capacity).Where(neighbour => neighbour.Published <= published).ToList();
            return new JudgedList(
                page,
                [.. near.Select(neighbour => neighbour.Id)],
                FeatureTable.Of([.. near.Select(neighbour => (neighbour.Features, neighbour.Published - published))]),
                judged.Of(page));
        }),
    ];

    /// <inheritdoc/>
    public void Dispose() => index.Dispose();

    private void Set(Article article, string language, PackedTerms terms, LatentVector? latent) =>
        index.Set(new IndexedArticle(article.Id, article.Published, language, terms) { Topics = article.Card.Topics, Evergreen = article.Evergreen, Latent = latent });
}
