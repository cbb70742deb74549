using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Embeddings;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Placing;

/// <summary>
/// Places articles by embeddings: those whose text and model are as before keep what they have, the others are embedded. What makes bytes of vectors is learned once for a model, and again
/// when there are twice as many articles as it was learned from, up to <see cref="ReductionTrainer.MostArticles"/>; only then is anything embedded twice.
/// </summary>
internal sealed class EmbeddingPlacing(Site site, Embedder embedder) : IPlacingRun
{
    // After so many failures one after the other the model is left alone until the next run.
    private const int MostFailures = 3;

    private readonly ConcurrentDictionary<string, LatentPlace> fresh = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> figures = new(StringComparer.Ordinal);
    private EmbeddingPlacement? placement;
    private int failures;
    private int embedded;
    private int kept;
    private int missing;
    private string? failure;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            (figures["embeddings.embedded"], figures["embeddings.kept"], figures["embeddings.missing"]) = (embedded, kept, missing);
            return new Dictionary<string, double>(figures);
        }
    }

    /// <inheritdoc/>
    public string? Error => failure is null ? null
        : placement is null ? $"Articles were placed by their terms, for embeddings cannot be had: {failure}"
        : missing > 0 ? $"{missing} articles have no embedding: {failure}" : null;

    /// <summary>Whether there is something to place articles by.</summary>
    public bool IsReady => placement is not null;

    private bool HasGivenUp => failures >= MostFailures;

    /// <summary>Begins with what is kept, and learns anew where there is none of this model or the site has outgrown it.</summary>
    /// <param name="embeddings">Where it is kept.</param>
    /// <param name="count">Number of the site's articles.</param>
    /// <param name="sample">Reads articles to learn from, at most so many, the same from the same.</param>
    /// <param name="report">Told after each request.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it learned anew.</returns>
    public async Task<bool> BeginAsync(
        SiteEmbeddings embeddings, int count, Func<int, IAsyncEnumerable<StoredArticle>> sample, Func<Task> report, CancellationToken cancellation)
    {
        placement = await embeddings.GetAsync(site, cancellation);
        var isOutgrown = placement is { Reduction.Sampled: < ReductionTrainer.MostArticles and var sampled } && count >= 2 * sampled;
        if (embedder.Model() is not { } model || count < ReductionTrainer.FewestArticles || (placement is not null && !isOutgrown))
        {
            failure ??= placement is null && count >= ReductionTrainer.FewestArticles ? "the model cannot be read." : null;
            return false;
        }

        var vectors = new List<(Article Article, float[] Vector)>();
        var articles = sample(ReductionTrainer.MostArticles).Where(stored => stored.Article is not null).Select(stored => stored.Article!);
        await foreach (var batch in articles.Chunk(embedder.Options.BatchSize).WithCancellation(cancellation))
        {
            vectors.AddRange(batch.Zip(await EmbedAsync([.. batch.Select(article => EmbeddedText.Of(article, embedder.Options))], vectors.FirstOrDefault().Vector?.Length, cancellation) ?? []));
            await report();
            if (HasGivenUp)
            {
                break;
            }
        }

        var reduction = HasGivenUp ? null : await Task.Run(() => ReductionTrainer.Train(model, Math.Min(count, ReductionTrainer.MostArticles), vectors.ConvertAll(article => article.Vector)), cancellation);
        if (reduction is not null)
        {
            placement = await embeddings.PutAsync(site, reduction, cancellation);
            figures["embeddings.sampled"] = reduction.Sampled;
            figures["embeddings.share"] = Math.Round(ReductionTrainer.KeptShare(reduction, vectors.ConvertAll(article => article.Vector)), 4);
        }

        foreach (var (article, vector) in vectors.Where(article => article.Vector.Length == placement?.Reduction.Dimensions))
        {
            fresh[article.Id] = placement!.Of(vector, placement.TextOf(article).Stamp);
        }

        return reduction is not null;
    }

    /// <summary>Goes by what is kept. Whether there is such.</summary>
    public async Task<bool> JoinAsync(SiteEmbeddings embeddings, CancellationToken cancellation)
    {
        placement = await embeddings.GetAsync(site, cancellation);
        return IsReady;
    }

    /// <inheritdoc/>
    public async Task PrepareAsync(IReadOnlyList<StoredArticle> block, CancellationToken cancellation)
    {
        (figures["embeddings.dimensions"], figures["embeddings.rank"]) = (placement!.Reduction.Dimensions, placement.Reduction.Rank);
        var open = block.Where(stored => stored.Article is not null)
            .Select(stored => (Stored: stored, Asked: placement.TextOf(stored.Article!)))
            .Where(article => article.Stored.Embedded != article.Asked.Stamp && !(fresh.TryGetValue(article.Stored.Id, out var place) && place.Embedded == article.Asked.Stamp));
        foreach (var batch in open.Chunk(embedder.Options.BatchSize))
        {
            if (!HasGivenUp && await EmbedAsync([.. batch.Select(article => article.Asked.Text)], placement.Reduction.Dimensions, cancellation) is { } vectors)
            {
                foreach (var (article, vector) in batch.Zip(vectors))
                {
                    fresh[article.Stored.Id] = placement.Of(vector, article.Asked.Stamp);
                }
            }
        }
    }

    /// <inheritdoc/>
    public LatentPlace PlaceOf(StoredArticle article)
    {
        var stamp = placement!.TextOf(article.Article!).Stamp;
        if (article.Embedded == stamp)
        {
            Interlocked.Increment(ref kept);
            return new LatentPlace(article.Latent, stamp);
        }

        if (fresh.TryRemove(article.Id, out var place) && place.Embedded == stamp)
        {
            return place;
        }

        Interlocked.Increment(ref missing);
        return default;
    }

    private async Task<IReadOnlyList<float[]>?> EmbedAsync(IReadOnlyList<string> texts, int? dimensions, CancellationToken cancellation)
    {
        var answer = await embedder.EmbedAsync(site, texts, dimensions, cancellation);
        (failures, failure) = answer.Vectors is null ? (failures + 1, answer.Failure) : (0, failure);
        Interlocked.Add(ref embedded, answer.Vectors?.Count ?? 0);
        return answer.Vectors;
    }
}
