using System.Globalization;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Embeddings;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Placing;

/// <summary>Learns a site's latent subjects anew, by which a reindex then places its articles: those that embeddings show where the site has them, else those of its articles' terms.</summary>
public sealed class PlacingRuns(ArticleTable articles, SiteSubjects subjects, SiteEmbeddings embeddings, Embedder embedder, ChangeFollower changes)
{
    private const int SampleBlock = 256;

    /// <summary>Learns, and gives what places articles.</summary>
    /// <param name="site">The site.</param>
    /// <param name="index">Its index.</param>
    /// <param name="report">Told on the way what is done so far.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task<IPlacingRun> BeginAsync(Site site, SimilarityIndex index, Func<IReadOnlyDictionary<string, double>, Task> report, CancellationToken cancellation)
    {
        var ids = index.Ids;
        var byEmbeddings = new EmbeddingPlacing(site, embedder);
        if (embeddings.IsWanted(site))
        {
            if (await byEmbeddings.BeginAsync(embeddings, ids.Count, most => SampleAsync(site, ids, most, cancellation), () => report(byEmbeddings.Figures), cancellation))
            {
                await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);
            }

            if (byEmbeddings.IsReady)
            {
                return byEmbeddings;
            }
        }

        var learned = new Dictionary<string, double>();
        if (LatentTrainer.Train(index.Sample(LatentTrainer.MostArticles)) is { } projection)
        {
            await subjects.PutAsync(site, projection, cancellation);
            await changes.AnnounceAsync(site, new Change { Models = true }, cancellation);
            (learned["subjects.rank"], learned["subjects.words"]) = (projection.Rank, projection.Words);
        }

        return new TermPlacing(await subjects.GetAsync(site, cancellation), byEmbeddings.Error) { Figures = learned };
    }

    /// <summary>What places articles in a run that another process began.</summary>
    internal async Task<IPlacingRun> JoinAsync(Site site, CancellationToken cancellation)
    {
        var byEmbeddings = new EmbeddingPlacing(site, embedder);
        return embeddings.IsWanted(site) && await byEmbeddings.JoinAsync(embeddings, cancellation)
            ? byEmbeddings
            : new TermPlacing(await subjects.GetAsync(site, cancellation), byEmbeddings.Error);
    }

    /// <summary>What places the site's articles now: another name, and all are to be placed anew.</summary>
    internal async Task<string> NameAsync(Site site, CancellationToken cancellation)
    {
        if (await embeddings.GetAsync(site, cancellation) is { } byEmbeddings)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{byEmbeddings.Reduction.Model} {byEmbeddings.Generation}");
        }

        var byTerms = await subjects.GetAsync(site, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"terms {(byTerms.Projection is null ? 0 : byTerms.Generation)}");
    }

    // Of very many, some from everywhere, in the index's own order.
    private async IAsyncEnumerable<StoredArticle> SampleAsync(
        Site site, IReadOnlyList<string> ids, int most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = Math.Min(ids.Count, most);
        foreach (var block in Enumerable.Range(0, count).Select(number => ids[(int)((long)number * ids.Count / count)]).Chunk(SampleBlock))
        {
            foreach (var stored in await Task.WhenAll(block.Select(id => articles.GetAsync(site, id, cancellation))))
            {
                if (stored is not null)
                {
                    yield return stored;
                }
            }
        }
    }
}
