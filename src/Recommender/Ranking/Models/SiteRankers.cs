using System.Collections.Concurrent;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Ranking.Models;

/// <summary>The ranker of each site: the one its last reindex adopted, or the shipped one. Read once, then again when the change log says that there is another.</summary>
public sealed class SiteRankers(ModelTable models, TimeProvider time) : IChangeObserver
{
    /// <summary>Name under which a site's own ranker is kept.</summary>
    public const string ModelName = "ranker";

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> changes = new(StringComparer.Ordinal);

    /// <summary>The ranker. While the store does not answer, or what it holds is made for other features, the last one known or the shipped one.</summary>
    public async ValueTask<RelevanceModel> GetAsync(Site site, CancellationToken cancellation = default)
    {
        var before = known.GetValueOrDefault(site.Id);
        var changed = changes.GetValueOrDefault(site.Id);
        if (before is not null && before.Changes == changed && !(before.RetryAt <= time.GetUtcNow()))
        {
            return before.Model;
        }

        // What is heard of while this reads makes it read again the next time.
        var next = await ReadAsync(site, before?.Model ?? ShippedModel.Instance, changed, cancellation);
        known[site.Id] = next;
        return next.Model;
    }

    /// <inheritdoc/>
    public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        if (change.Models || change.Everything)
        {
            changes.AddOrUpdate(site.Id, 1, (_, count) => count + 1);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<Known> ReadAsync(Site site, RelevanceModel before, int changed, CancellationToken cancellation)
    {
        try
        {
            var bytes = await models.GetAsync(site, ModelName, cancellation);
            return new Known(bytes is null ? ShippedModel.Instance : LearnedModel.FromBytes(bytes), changed, null);
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            return new Known(ShippedModel.Instance, changed, null);
        }
        catch (TableUnavailableException)
        {
            return new Known(before, changed, time.GetUtcNow() + RetryAfterFailure);
        }
    }

    private sealed record Known(RelevanceModel Model, int Changes, DateTimeOffset? RetryAt);
}
