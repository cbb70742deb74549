using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Embeddings;

/// <summary>How each site's articles are placed by embeddings. Read once, then again when the change log says that there is another reduction.</summary>
public sealed class SiteEmbeddings(ModelTable models, Embedder embedder) : IChangeObserver
{
    /// <summary>Name under which a site's reduction is kept.</summary>
    public const string ModelName = "embeddings";

    private readonly ConcurrentDictionary<string, EmbeddingPlacement?> known = new(StringComparer.Ordinal);

    /// <summary>Whether the site's articles are to be placed by embeddings.</summary>
    public bool IsWanted(Site site) => site.Embeddings && embedder.IsConfigured;

    /// <summary>What places a site's articles; null when that is not wanted, or nothing was learned yet of the model that is configured now.</summary>
    public async ValueTask<EmbeddingPlacement?> GetAsync(Site site, CancellationToken cancellation = default)
    {
        if (!IsWanted(site))
        {
            return null;
        }

        if (!known.TryGetValue(site.Id, out var placement))
        {
            known[site.Id] = placement = await ReadAsync(site, cancellation);
        }

        return placement is not null && placement.Reduction.Model == embedder.Model() ? placement : null;
    }

    /// <summary>Keeps a reduction, and gives what places articles by it.</summary>
    public async Task<EmbeddingPlacement> PutAsync(Site site, EmbeddingReduction reduction, CancellationToken cancellation = default)
    {
        var placement = new EmbeddingPlacement(reduction, await models.PutAsync(site, ModelName, reduction.ToBytes(), cancellation), embedder.Options);
        known[site.Id] = placement;
        return placement;
    }

    /// <inheritdoc/>
    public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        // Of this process's own changes too: a read that began before the change may have been remembered after it.
        if (change.Models || change.Everything)
        {
            known.TryRemove(site.Id, out _);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<EmbeddingPlacement?> ReadAsync(Site site, CancellationToken cancellation)
    {
        while (true)
        {
            var generation = await models.GenerationAsync(site, ModelName, cancellation);
            var reduction = generation > 0 ? await ReductionAsync(site, cancellation) : null;

            // A switch between the two reads would give vectors the wrong generation.
            if (await models.GenerationAsync(site, ModelName, cancellation) == generation)
            {
                return reduction is null ? null : new EmbeddingPlacement(reduction, generation, embedder.Options);
            }
        }
    }

    private async Task<EmbeddingReduction?> ReductionAsync(Site site, CancellationToken cancellation)
    {
        try
        {
            return await models.GetAsync(site, ModelName, cancellation) is { } bytes ? EmbeddingReduction.FromBytes(bytes) : null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            // As good as none: the next reindex learns another.
            return null;
        }
    }
}

/// <summary>Places articles by embeddings.</summary>
/// <param name="Reduction">What makes a few bytes of a model's vector.</param>
/// <param name="Generation">Which of the site's reductions it is.</param>
/// <param name="Options">What of an article is embedded.</param>
public sealed record EmbeddingPlacement(EmbeddingReduction Reduction, long Generation, EmbeddingOptions Options)
{
    /// <summary>What of an article is embedded, and the stamp of its vector.</summary>
    public (string Text, long Stamp) TextOf(Article article)
    {
        var text = EmbeddedText.Of(article, Options);
        return (text, EmbeddedText.Stamp(text, Reduction.Model, Generation));
    }

    /// <summary>The place of an article whose text has this vector.</summary>
    public LatentPlace Of(float[] vector, long stamp) => new(Reduction.Reduce(vector, Generation), stamp);
}
