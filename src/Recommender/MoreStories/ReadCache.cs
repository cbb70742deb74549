using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Editorial;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Telemetry;
using ZiggyCreatures.Caching.Fusion;

namespace Recommender.MoreStories;

/// <summary>
/// What lists are made of, in memory: each thing is read once, by one reader at a time, renewed in the background, and still given when the store does not answer.
/// Changes take things out at once, so the durations below only bound the memory and what a lost change could cost.
/// </summary>
public sealed class ReadCache : IChangeObserver, IDisposable
{
    /// <summary>Newest stories that are kept of a topic.</summary>
    public const int LatestKept = 100;

    /// <summary>Newest stories before a page that are kept of a topic.</summary>
    public const int OlderKept = 40;

    // In units of about a kilobyte, as the sizes of entries below.
    private const int Capacity = 200_000;

    private static readonly FusionCacheEntryOptions Options = new()
    {
        Duration = TimeSpan.FromMinutes(5),
        EagerRefreshThreshold = 0.8f,
        IsFailSafeEnabled = true,
        FailSafeMaxDuration = TimeSpan.FromDays(1),
        FailSafeThrottleDuration = TimeSpan.FromSeconds(5),
        FactorySoftTimeout = TimeSpan.FromSeconds(2),
        Size = 1,
    };

    private static readonly FusionCacheEntryOptions ListOptions = Options.Duplicate().SetSize(16);
    private static readonly FusionCacheEntryOptions SharedOptions = Options.Duplicate().SetSize(100);
    private static readonly FusionCacheEntryOptions OlderOptions = Options.Duplicate().SetSize(OlderKept);
    private static readonly FusionCacheEntryOptions StaleOptions = Options.Duplicate().SetAllowStaleOnReadOnly();

    private readonly NeighbourTable neighbours;
    private readonly ArticleTable articles;
    private readonly Timeline timeline;
    private readonly OverrideTable overrides;
    private readonly RecentCards recent;
    private readonly StoreSilence silence;
    private readonly Measurements measurements;
    private readonly TimeProvider time;
    private readonly FusionCache cache;

    // Scopes that got an override since this process began; what was read of the table may not know them yet.
    private readonly ConcurrentDictionary<string, bool> freshScopes = new(StringComparer.Ordinal);

    /// <summary>Makes an empty cache over the tables.</summary>
    public ReadCache(NeighbourTable neighbours, ArticleTable articles, Timeline timeline, OverrideTable overrides, RecentCards recent, StoreSilence silence, Measurements measurements, TimeProvider time)
    {
        (this.neighbours, this.articles, this.timeline, this.overrides, this.recent, this.silence, this.measurements, this.time) = (neighbours, articles, timeline, overrides, recent, silence, measurements, time);
        cache = new FusionCache(new FusionCacheOptions { DefaultEntryOptions = Options, RemoveByTagBehavior = RemoveByTagBehavior.Remove }, new MemoryCache(new MemoryCacheOptions { SizeLimit = Capacity }));
    }

    /// <summary>An article and its neighbours; one that was published a moment ago may have none yet. Null for what is not indexed.</summary>
    public ValueTask<NeighbourList?> ListAsync(Site site, string id, CancellationToken cancellation) => GetAsync<NeighbourList?>(
        "list",
        ListKey(site, id),
        async token => await neighbours.GetAsync(site, id, token)
            ?? ((await articles.GetAsync(site, id, token))?.Article is { } article ? new NeighbourList(article.Card, []) : null),
        cancellation,
        ListOptions);

    /// <summary>The card of an article that was last known to be published at an instant; null when it is in no list any more.</summary>
    public ValueTask<ArticleCard?> CardAsync(Site site, string id, DateTimeOffset published, CancellationToken cancellation) => CardAsync(
        site, id, async token => await timeline.CardAsync(site, id, published, token) ?? (await articles.GetAsync(site, id, token))?.Article?.Card, cancellation);

    /// <summary>The card of any article by id; null when it is not published.</summary>
    public ValueTask<ArticleCard?> CardAsync(Site site, string id, CancellationToken cancellation) =>
        CardAsync(site, id, async token => (await articles.GetAsync(site, id, token))?.Article?.Card, cancellation);

    /// <summary>The newest <see cref="LatestKept"/> cards of a topic, newest first, those that come while this may still be given included.</summary>
    public ValueTask<IReadOnlyList<ArticleCard>> LatestAsync(Site site, string topic, CancellationToken cancellation) => GetAsync(
        "latest",
        LatestKey(site, topic),
        token => timeline.LatestAsync(site, topic, time.GetUtcNow() + Options.FailSafeMaxDuration, LatestKept, token),
        cancellation,
        SharedOptions);

    /// <summary>The newest <see cref="OlderKept"/> cards of a topic that were published before an instant, newest first.</summary>
    public ValueTask<IReadOnlyList<ArticleCard>> LatestBeforeAsync(Site site, string topic, DateTimeOffset instant, CancellationToken cancellation) => GetAsync(
        "older",
        Keys.Join(site.Id, "older", topic, instant.UtcTicks.ToString(CultureInfo.InvariantCulture)),
        token => timeline.LatestAsync(site, topic, instant.AddTicks(-1), OlderKept, token),
        cancellation,
        OlderOptions,
        LatestKey(site, topic));

    /// <summary>The overrides of a scope, in force or not. Where there never were any, as on most pages, nothing is read.</summary>
    public async ValueTask<IReadOnlyList<Override>> OverridesAsync(Site site, OverrideScope scope, CancellationToken cancellation)
    {
        var key = ScopeKey(site, scope.ToString());
        return freshScopes.ContainsKey(key) || (await ScopesAsync(site, cancellation)).Contains(scope.ToString())
            ? await GetAsync("overrides", key, token => overrides.ListAsync(site, scope, token), cancellation)
            : [];
    }

    /// <summary>Id of the article at a canonical URL; null when nobody indexed it.</summary>
    public ValueTask<string?> PageAsync(Site site, string canonicalUrl, CancellationToken cancellation) => GetAsync(
        "page", PageKey(site, ArticleTable.PageOf(canonicalUrl)), token => articles.FindAsync(site, canonicalUrl, token), cancellation);

    /// <inheritdoc/>
    public async ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        if (change.Everything)
        {
            await cache.ClearAsync(allowFailSafe: true, token: cancellation);
            return;
        }

        // A card must never be shown again after its article is gone, not even when the store does not answer; the others may serve as a last resort.
        foreach (var id in change.Articles)
        {
            await cache.RemoveAsync(CardKey(site, id), token: cancellation);
            await cache.ExpireAsync(ListKey(site, id), token: cancellation);
        }

        foreach (var topic in change.Topics)
        {
            await ExpireLatestAsync(LatestKey(site, topic), change.Articles, cancellation);
            await cache.RemoveByTagAsync(LatestKey(site, topic), token: cancellation);
        }

        foreach (var scope in change.Scopes)
        {
            freshScopes.TryAdd(ScopeKey(site, scope), true);
        }

        var expired = change.Lists.Select(id => ListKey(site, id))
            .Concat(change.Scopes.Select(scope => ScopeKey(site, scope)))
            .Concat(change.Pages.Select(page => PageKey(site, page)));
        foreach (var key in expired)
        {
            await cache.ExpireAsync(key, token: cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private ValueTask<ArticleCard?> CardAsync(Site site, string id, Func<CancellationToken, Task<ArticleCard?>> read, CancellationToken cancellation)
    {
        if (recent.Find(site, id) is not { } card)
        {
            return GetAsync("card", CardKey(site, id), read, cancellation);
        }

        measurements.CacheAsked("card");
        return ValueTask.FromResult<ArticleCard?>(card);
    }

    private ValueTask<FrozenSet<string>> ScopesAsync(Site site, CancellationToken cancellation) => GetAsync(
        "scopes",
        Keys.Join(site.Id, "scopes"),
        async token => (await overrides.ScopesAsync(site, token)).Select(scope => scope.ToString()).ToFrozenSet(StringComparer.Ordinal),
        cancellation,
        SharedOptions);

    private ValueTask<T> GetAsync<T>(
        string kind, string key, Func<CancellationToken, Task<T>> read, CancellationToken cancellation, FusionCacheEntryOptions? options = null, string? tag = null)
    {
        measurements.CacheAsked(kind);
        return silence.IsSilent ? GetKnownAsync(kind, key, read, options, tag, cancellation) : GetOrReadAsync(kind, key, read, options, tag, cancellation);
    }

    // Whatever is known, however old, before a silent store is asked.
    private async ValueTask<T> GetKnownAsync<T>(
        string kind, string key, Func<CancellationToken, Task<T>> read, FusionCacheEntryOptions? options, string? tag, CancellationToken cancellation) =>
        await cache.TryGetAsync<T>(key, StaleOptions, cancellation) is { HasValue: true } known ? known.Value : await GetOrReadAsync(kind, key, read, options, tag, cancellation);

    private ValueTask<T> GetOrReadAsync<T>(
        string kind, string key, Func<CancellationToken, Task<T>> read, FusionCacheEntryOptions? options, string? tag, CancellationToken cancellation) => cache.GetOrSetAsync<T>(
            key,
            (_, token) =>
            {
                measurements.CacheMissed(kind);
                return read(token);
            },
            options: options ?? Options,
            tags: tag is null ? null : [tag],
            token: cancellation);

    private async Task ExpireLatestAsync(string key, IReadOnlyList<string> changed, CancellationToken cancellation)
    {
        var latest = await cache.TryGetAsync<IReadOnlyList<ArticleCard>>(key, StaleOptions, cancellation);
        if (latest.HasValue && latest.Value.Any(card => changed.Contains(card.Id)))
        {
            var left = latest.Value.ExceptBy(changed, card => card.Id).ToList();
            await cache.SetAsync<IReadOnlyList<ArticleCard>>(key, left, SharedOptions, token: cancellation);
        }

        await cache.ExpireAsync(key, token: cancellation);
    }

    private static string ListKey(Site site, string id) => Keys.Join(site.Id, "list", id);

    private static string CardKey(Site site, string id) => Keys.Join(site.Id, "card", id);

    private static string LatestKey(Site site, string topic) => Keys.Join(site.Id, "latest", topic);

    private static string ScopeKey(Site site, string scope) => Keys.Join(site.Id, "scope", scope);

    private static string PageKey(Site site, string page) => Keys.Join(site.Id, "page", page);
}
