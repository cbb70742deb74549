using System.Collections.Concurrent;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Sites;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>The latent projection of each site, by which articles are placed when they are published. Read once, then again when the change log says that there is another.</summary>
public sealed class SiteSubjects(ModelTable models) : IChangeObserver
{
    /// <summary>Name under which a site's projection is kept.</summary>
    public const string ModelName = "subjects";

    private readonly ConcurrentDictionary<string, Placement> known = new(StringComparer.Ordinal);

    /// <summary>What places a site's articles.</summary>
    public async ValueTask<Placement> GetAsync(Site site, CancellationToken cancellation = default)
    {
        if (known.TryGetValue(site.Id, out var placement))
        {
            return placement;
        }

        // A switch between the two reads would give vectors the wrong generation.
        do
        {
            var generation = await models.GenerationAsync(site, ModelName, cancellation);
            placement = new Placement(generation > 0 ? await ReadAsync(site, cancellation) : null, generation);
        }
        while (await models.GenerationAsync(site, ModelName, cancellation) != placement.Generation);

        known[site.Id] = placement;
        return placement;
    }

    /// <summary>Keeps a projection, and gives what places articles by it.</summary>
    public async Task<Placement> PutAsync(Site site, LatentProjection projection, CancellationToken cancellation = default) =>
        known[site.Id] = new Placement(projection, await models.PutAsync(site, ModelName, projection.ToBytes(), cancellation));

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

    private async Task<LatentProjection?> ReadAsync(Site site, CancellationToken cancellation)
    {
        try
        {
            return await models.GetAsync(site, ModelName, cancellation) is { } bytes ? LatentProjection.FromBytes(bytes) : null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            // As good as none: articles are compared by their words alone until the next reindex.
            return null;
        }
    }
}

/// <summary>Places articles among a site's latent subjects.</summary>
/// <param name="Projection">The projection; null before the site's first reindex.</param>
/// <param name="Generation">Which of the site's projections it is.</param>
public sealed record Placement(LatentProjection? Projection, long Generation)
{
    /// <summary>The place of an article with these terms; null when there is none.</summary>
    public LatentVector? Of(PackedTerms terms) => Projection?.Project(terms, Generation);
}
