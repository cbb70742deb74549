using Recommender.Articles;
using Recommender.Benchmarks.Indexing;
using Recommender.Evaluation;
using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Benchmarks.Packing;

/// <summary>A corpus indexed as a reindex does it, with as many terms an article as wanted.</summary>
/// <param name="texts">The articles and their terms.</param>
/// <param name="capacity">Terms kept of each.</param>
/// <param name="mostBytes">Bytes they are kept in.</param>
internal sealed class PackedCorpus(IReadOnlyCollection<(Article Article, AnalysedText Text)> texts, int capacity, int mostBytes) : IDisposable
{
    private readonly SimilarityIndex index = BuiltIndex.Of(texts, capacity, mostBytes);

    /// <summary>The articles.</summary>
    public IReadOnlyDictionary<string, IndexedArticle> Articles => index.Sample(texts.Count).ToDictionary(article => article.Id, StringComparer.Ordinal);

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
}
