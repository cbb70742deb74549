using Recommender.Articles;
using Recommender.Changes;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Telemetry;
using Recommender.Threads;

namespace Recommender.MoreStories;

/// <summary>Answers pages: gathers from the cache what a list is made of and has it composed.</summary>
public sealed class MoreStoriesService(ReadCache cache, SiteRankers rankers, Timeline timeline, ChangeFollower changes, Measurements measurements, TimeProvider time)
{
    private const int TopicsConsidered = 3;
    private const int ExcludedLinksResolved = 50;

    /// <summary>The list for a page.</summary>
    public async Task<MoreStoriesList> GetAsync(Site site, ListRequest request, CancellationToken cancellation = default)
    {
        using var activity = Activities.Source.StartActivity("list");
        await changes.TryCatchUpAsync(site, cancellation);
        var now = request.At ?? time.GetUtcNow();
        var pageUrl = CanonicalUrl.TryParse(request.Url, out var canonical) ? canonical : null;
        var id = request.Id ?? (pageUrl is null ? null : await cache.PageAsync(site, pageUrl, cancellation));
        var page = id is null ? null : await cache.ListAsync(site, id, cancellation);
        var topics = page?.Page.Topics ?? [];
        var overrides = await OverridesAsync(site, page, topics, now, cancellation);
        var language = IndexedArticle.PrimaryLanguage(page?.Page.Language ?? site.Language);

        var before = request.OnlyOlder ?? site.Ranking.OnlyOlder ? page?.Page.Published : null;

        var latestInTopic = new List<ArticleCard>();
        foreach (var topic in topics.Take(TopicsConsidered))
        {
            latestInTopic.AddRange(await LatestAsync(site, topic, language, now, request.At, before, cancellation));
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
            Pinned = await PinnedAsync(site, overrides, cancellation),
            LatestInTopic = [.. latestInTopic.DistinctBy(card => card.Id).OrderByDescending(card => card.Published).ThenBy(card => card.Id, StringComparer.Ordinal)],
            Latest = await LatestAsync(site, Keys.AnyTopic, language, now, request.At, before, cancellation),
        };
        var list = await ComposeAsync(composition, page, request.ChosenOnly, cancellation);
        activity?.SetTag("site", site.Id).SetTag("state", list.State);
        measurements.ListAnswered(list, "page", now);
        return list;
    }

    /// <summary>
    /// The newest stories of a topic (slug; null: of the site) at <paramref name="at"/> (null: now), in the shape of a list with state <see cref="ListState.Fallback"/> or <see cref="ListState.Empty"/>.
    /// </summary>
    public async Task<MoreStoriesList> LatestAsync(Site site, string? topic, int? count, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        await changes.TryCatchUpAsync(site, cancellation);
        var now = at ?? time.GetUtcNow();
        var topics = topic is null ? Array.Empty<string>() : [topic];
        var latest = await NewestAsync(site, topic ?? Keys.AnyTopic, now, at, before: null, cancellation);
        var list = ListComposer.Compose(new ListComposition
        {
            Site = site,
            Now = now,
            Count = count ?? site.Count,
            Overrides = [.. (await OverridesAsync(site, null, topics, now, cancellation)).OfType<Block>()],
            LatestInTopic = topic is null ? [] : latest,
            Latest = topic is null ? latest : [],
        });
        measurements.ListAnswered(list, "latest", now);
        return list;
    }

    private async Task<MoreStoriesList> ComposeAsync(ListComposition composition, NeighbourList? page, bool chosenOnly, CancellationToken cancellation)
    {
        var ranked = page is null ? [] : Rank(composition, page, await rankers.GetAsync(composition.Site, cancellation));
        var known = composition.LatestInTopic.Concat(composition.Latest).DistinctBy(card => card.Id).ToDictionary(card => card.Id, StringComparer.Ordinal);

        if (chosenOnly)
        {
            composition = composition with { Pinned = new Dictionary<string, ArticleCard>(), LatestInTopic = [], Latest = [] };
        }

        // Cards are read for the best only, and for the rest when too many of these are duplicates, gone, excluded by URL or over a cap, or when the newest of the page's thread is looked for.
        var threads = composition.Threads ?? composition.Site.Ranking.Threads;
        var enough = composition.Page?.Thread is not null && threads != ThreadsInLists.Show ? ranked.Count : ListComposition.Enough(composition.Count);
        for (var considered = Math.Min(enough, ranked.Count); ; considered = ranked.Count)
        {
            var cards = await Task.WhenAll(ranked.Take(considered).Select(async entry => (entry, Card: known.GetValueOrDefault(entry.Candidate.Id)
                ?? await OrNothingAsync(cache.CardAsync(composition.Site, entry.Candidate.Id, entry.Candidate.Published, cancellation)))));
            var list = ListComposer.Compose(composition with { Ranked = [.. cards.Where(entry => entry.Card is not null).Select(entry => (entry.entry, entry.Card!))] }, out var isSettled);
            if (isSettled || considered == ranked.Count)
            {
                return list;
            }
        }
    }

    private static IReadOnlyList<RankedCandidate> Rank(ListComposition composition, NeighbourList page, RelevanceModel model)
    {
        var closed = composition.Overrides.OfType<Block>().Select(block => block.Target).Concat(composition.Exclude).Append(page.Page.Id).ToHashSet(StringComparer.Ordinal);
        var inTopic = composition.LatestInTopic.Select(card => card.Id).ToHashSet(StringComparer.Ordinal);
        var similar = page.Neighbours.Select(neighbour => new Candidate
        {
            Id = neighbour.Id,
            Published = neighbour.Published,
            Similarity = neighbour.Similarity,
            Features = neighbour.Features,
            Terms = neighbour.Terms,
            Topics = neighbour.Topics,
            Evergreen = neighbour.Evergreen,
            InTopic = inTopic.Contains(neighbour.Id),
        });
        var latest = composition.LatestInTopic.Concat(composition.Latest).Select(card => new Candidate
        {
            Id = card.Id,
            Published = card.Published,
            Topics = card.Topics,
            Evergreen = card.Evergreen,
            InTopic = inTopic.Contains(card.Id),
        });
        var boosts = composition.Overrides.OfType<Boost>().DistinctBy(boost => boost.Target).ToDictionary(boost => boost.Target, boost => boost.Factor, StringComparer.Ordinal);
        var candidates = similar.Concat(latest).DistinctBy(candidate => candidate.Id)
            .Where(candidate => !closed.Contains(candidate.Id) && candidate.Published <= composition.Now && !(candidate.Published >= composition.Before))
            .ToList();
        return Ranker.Rank(composition.Site.Ranking, model, page.Page.Published, candidates, boosts, composition.Now);
    }

    private async Task<IReadOnlyList<Override>> OverridesAsync(
        Site site, NeighbourList? page, IReadOnlyList<string> topics, DateTimeOffset now, CancellationToken cancellation)
    {
        var scopes = topics.Select(OverrideScope.Topic).Append(OverrideScope.Site);
        var rules = await Task.WhenAll((page is null ? scopes : scopes.Prepend(OverrideScope.Page(page.Page.Id)))
            .Select(scope => cache.OverridesAsync(site, scope, cancellation).AsTask()));
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
        Site site, string topic, string language, DateTimeOffset now, DateTimeOffset? at, DateTimeOffset? before, CancellationToken cancellation) =>
        [.. (await NewestAsync(site, topic, now, at, before, cancellation)).Where(card => IndexedArticle.PrimaryLanguage(card.Language) == language)];

    private async Task<IReadOnlyList<ArticleCard>> NewestAsync(
        Site site, string topic, DateTimeOffset now, DateTimeOffset? at, DateTimeOffset? before, CancellationToken cancellation)
    {
        if (at is { } instant)
        {
            var until = before <= instant ? before.Value.AddTicks(-1) : instant;
            return await timeline.LatestAsync(site, topic, until, ReadCache.LatestKept, cancellation);
        }

        var newest = await cache.LatestAsync(site, topic, cancellation);
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
