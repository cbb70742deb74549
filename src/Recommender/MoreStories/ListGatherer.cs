using Recommender.Articles;
using Recommender.Changes;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.MoreStories;

/// <summary>Gathers what lists are made of: from the cache, and only for an instant in the past from the timeline itself.</summary>
public sealed class ListGatherer(ReadCache cache, SiteRankers rankers, Timeline timeline, ChangeFollower changes, TimeProvider time)
{
    private const int TopicsConsidered = 3;
    private const int ExcludedLinksResolved = 50;

    /// <summary>All that the list of a page is made of but the ranking, and the page's neighbours; null where the page is not known.</summary>
    public async Task<(ListComposition Composition, NeighbourList? Page)> GatherAsync(Site site, ListRequest request, CancellationToken cancellation)
    {
        await changes.TryCatchUpAsync(site, cancellation);
        site = await rankers.WithFloorAsync(site, cancellation);
        var now = request.At ?? time.GetUtcNow();
        var horizon = new Horizon(now);
        var pageUrl = CanonicalUrl.TryParse(request.Url, out var canonical) ? canonical : null;
        var id = request.Id ?? (pageUrl is null ? null : await cache.PageAsync(site, pageUrl, cancellation));
        var page = request.Page ?? (id is null ? null : await cache.ListAsync(site, id, cancellation));
        var topics = page?.Page.Topics ?? [];
        var overrides = await OverridesAsync(site, page, topics, now, request.Overlay, horizon, cancellation);
        var language = IndexedArticle.PrimaryLanguage(page?.Page.Language ?? site.Language);

        var before = request.OnlyOlder ?? site.Ranking.OnlyOlder ? page?.Page.Published : null;

        var latestInTopic = new List<ArticleCard>();
        foreach (var topic in topics.Take(TopicsConsidered))
        {
            latestInTopic.AddRange(await LatestAsync(site, topic, language, now, request.At, before, horizon, cancellation));
        }

        var latest = await LatestAsync(site, Keys.AnyTopic, language, now, request.At, before, horizon, cancellation);
        var pinned = await PinnedAsync(site, overrides, cancellation);
        horizon.See(pinned.Values);
        if (page is not null)
        {
            horizon.See(page);
        }

        var composition = new ListComposition
        {
            Site = site,
            Page = page?.Page,
            PageUrl = pageUrl,
            Now = now,
            Before = before,
            Count = request.Count ?? site.Count,
            Threads = request.Threads,
            Exclude = await ExcludeAsync(site, request.Exclude, cancellation),
            Overrides = overrides,
            Pinned = pinned,
            LatestInTopic = [.. latestInTopic.DistinctBy(card => card.Id).OrderByDescending(card => card.Published).ThenBy(card => card.Id, StringComparer.Ordinal)],
            Latest = latest,
            Until = horizon.Until,
        };
        return (composition, page);
    }

    /// <summary>All that the list of the newest of a topic (slug; null: of the site) is made of, at <paramref name="at"/> (null: now).</summary>
    public async Task<ListComposition> GatherLatestAsync(Site site, string? topic, int? count, DateTimeOffset? at, CancellationToken cancellation)
    {
        await changes.TryCatchUpAsync(site, cancellation);
        var now = at ?? time.GetUtcNow();
        var horizon = new Horizon(now);
        var topics = topic is null ? Array.Empty<string>() : [topic];
        var latest = await NewestAsync(site, topic ?? Keys.AnyTopic, now, at, before: null, horizon, cancellation);
        var overrides = await OverridesAsync(site, null, topics, now, overlay: null, horizon, cancellation);
        return new ListComposition
        {
            Site = site,
            Now = now,
            Count = count ?? site.Count,
            Overrides = [.. overrides.OfType<Block>()],
            LatestInTopic = topic is null ? [] : latest,
            Latest = topic is null ? latest : [],
            Until = horizon.Until,
        };
    }

    /// <summary>The composition with the cards of stories that were ranked, in their order; a story without one is left out.</summary>
    public async Task<ListComposition> WithCardsAsync(ListComposition composition, IEnumerable<RankedCandidate> ranked, CancellationToken cancellation)
    {
        var known = composition.LatestInTopic.Concat(composition.Latest).DistinctBy(card => card.Id).ToDictionary(card => card.Id, StringComparer.Ordinal);
        var cards = await Task.WhenAll(ranked.Select(async entry => (entry, Card: known.GetValueOrDefault(entry.Candidate.Id)
            ?? await OrNothingAsync(cache.CardAsync(composition.Site, entry.Candidate.Id, entry.Candidate.Published, cancellation)))));
        return composition with { Ranked = [.. cards.Where(entry => entry.Card is not null).Select(entry => (entry.entry, entry.Card!))] };
    }

    private async Task<IReadOnlyList<Override>> OverridesAsync(
        Site site, NeighbourList? page, IReadOnlyList<string> topics, DateTimeOffset now, OverrideOverlay? overlay, Horizon horizon, CancellationToken cancellation)
    {
        var scopes = topics.Select(OverrideScope.Topic).Append(OverrideScope.Site);
        var rules = await Task.WhenAll((page is null ? scopes : scopes.Prepend(OverrideScope.Page(page.Page.Id)))
            .Select(async scope => await cache.OverridesAsync(site, scope, cancellation) is var live && overlay is null ? live : overlay!.On(scope, live)));
        foreach (var scope in rules)
        {
            horizon.See(scope);
        }

        return [.. rules.SelectMany(scope => scope).Where(rule => rule.IsInForce(now))];
    }

    private async Task<IReadOnlyDictionary<string, ArticleCard>> PinnedAsync(Site site, IReadOnlyList<Override> overrides, CancellationToken cancellation)
    {
        var cards = new Dictionary<string, ArticleCard>(StringComparer.Ordinal);
        foreach (var target in overrides.OfType<Pin>().Select(pin => pin.Target).Distinct(StringComparer.Ordinal))
        {
            if (await OrNothingAsync(cache.CardAsync(site, target, cancellation)) is { } card)
            {
                cards[target] = card;
            }
        }

        return cards;
    }

    private async Task<IReadOnlyList<ArticleCard>> LatestAsync(
        Site site, string topic, string language, DateTimeOffset now, DateTimeOffset? at, DateTimeOffset? before, Horizon horizon, CancellationToken cancellation) =>
        [.. (await NewestAsync(site, topic, now, at, before, horizon, cancellation)).Where(card => IndexedArticle.PrimaryLanguage(card.Language) == language)];

    private async Task<IReadOnlyList<ArticleCard>> NewestAsync(
        Site site, string topic, DateTimeOffset now, DateTimeOffset? at, DateTimeOffset? before, Horizon horizon, CancellationToken cancellation)
    {
        if (at is { } instant)
        {
            var until = before <= instant ? before.Value.AddTicks(-1) : instant;
            return await timeline.LatestAsync(site, topic, until, ReadCache.LatestKept, cancellation);
        }

        var newest = await cache.LatestAsync(site, topic, cancellation);
        horizon.See(newest);
        var fitting = newest.Where(card => card.Published <= now && !(card.Published >= before)).ToList();

        // Of an old page, nothing that is older is among the newest.
        return before is not { } page || newest.Count < ReadCache.LatestKept || fitting.Count >= ReadCache.OlderKept
            ? fitting
            : [.. (await cache.LatestBeforeAsync(site, topic, page, cancellation)).Where(card => card.Published <= now)];
    }

    // A link may go to a URL that its article has left since; so it is looked up, too.
    private async Task<HashSet<string>> ExcludeAsync(Site site, IReadOnlyList<string> exclude, CancellationToken cancellation)
    {
        var urls = exclude.Select(name => CanonicalUrl.TryParse(name, out var url) ? url : null).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var ids = await Task.WhenAll(urls.Take(ExcludedLinksResolved).Select(url => OrNothingAsync(cache.PageAsync(site, url, cancellation))));
        return exclude.Concat(urls).Concat(ids.OfType<string>()).ToHashSet(StringComparer.Ordinal);
    }

    // One story that cannot be read just now is no reason to give none.
    private static async Task<T?> OrNothingAsync<T>(ValueTask<T?> reading)
        where T : class
    {
        try
        {
            return await reading;
        }
        catch (TableUnavailableException)
        {
            return null;
        }
    }
}
