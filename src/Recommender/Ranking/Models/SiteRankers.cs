using System.Collections.Concurrent;
using Recommender.Changes;
using Recommender.Models;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Ranking.Models;

/// <summary>
/// The ranker of each site, the one its last reindex adopted or the shipped one, and the floor below which it is not asked. Read once, then again when the change log says that there is another.
/// </summary>
public sealed class SiteRankers(ModelTable models, TimeProvider time) : IChangeObserver
{
    /// <summary>Name under which a site's own ranker is kept.</summary>
    public const string ModelName = "ranker";

    /// <summary>Name under which it is kept how alike a site's stories are by chance.</summary>
    public const string FloorName = "floor";

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> changes = new(StringComparer.Ordinal);

    /// <summary>The ranker. While the store does not answer, or what it holds is made for other features, the last one known or the shipped one.</summary>
    public async ValueTask<RelevanceModel> GetAsync(Site site, CancellationToken cancellation = default) => (await KnownAsync(site, cancellation)).Model;

    /// <summary>The site with the floor that is in force: its own, or the one that was measured, or that of a site that was not.</summary>
    public async ValueTask<Site> WithFloorAsync(Site site, CancellationToken cancellation = default) => site.Ranking.Floor is not null
        ? site
        : site with { Ranking = site.Ranking with { Floor = Math.Min((await KnownAsync(site, cancellation)).Floor ?? RankingSettings.UnmeasuredFloor, RankingSettings.UnmeasuredFloor) } };

    /// <summary>Keeps how alike a site's stories are by chance; null: that cannot be told.</summary>
    public Task PutFloorAsync(Site site, double? floor, CancellationToken cancellation = default) => floor is { } measured
        ? models.PutAsync(site, FloorName, BitConverter.GetBytes(measured), cancellation)
        : models.DeleteAsync(site, FloorName, cancellation);

    private async ValueTask<Known> KnownAsync(Site site, CancellationToken cancellation)
    {
        var before = known.GetValueOrDefault(site.Id);
        var changed = changes.GetValueOrDefault(site.Id);
        if (before is not null && before.Changes == changed && !(before.RetryAt <= time.GetUtcNow()))
        {
            return before;
        }

        // What is heard of while this reads makes it read again the next time.
        return known[site.Id] = await ReadAsync(site, before ?? new Known(ShippedModel.Instance, null, changed, null), changed, cancellation);
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

    private async Task<Known> ReadAsync(Site site, Known before, int changed, CancellationToken cancellation)
    {
        try
        {
            return new Known(await ModelAsync(site, cancellation), await FloorAsync(site, cancellation), changed, null);
        }
        catch (TableUnavailableException)
        {
            return before with { Changes = changed, RetryAt = time.GetUtcNow() + RetryAfterFailure };
        }
    }

    private async Task<RelevanceModel> ModelAsync(Site site, CancellationToken cancellation)
    {
        try
        {
            return await models.GetAsync(site, ModelName, cancellation) is { } bytes ? LearnedModel.FromBytes(bytes) : ShippedModel.Instance;
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            return ShippedModel.Instance;
        }
    }

    private async Task<double?> FloorAsync(Site site, CancellationToken cancellation)
    {
        try
        {
            return await models.GetAsync(site, FloorName, cancellation) is { Length: sizeof(double) } bytes && BitConverter.ToDouble(bytes) is >= 0 and <= 1 and var floor ? floor : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed record Known(RelevanceModel Model, double? Floor, int Changes, DateTimeOffset? RetryAt);
}
