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
        var (composition, page) = await GatherAsync(site, request, cancellation);
        var list = await ComposeAsync(composition, page, request.ChosenOnly, cancellation);
        activity?.SetTag("site", site.Id).SetTag("state", list.State);
        if (request.Overlay is null && request.Page is null)
        {
            measurements.ListAnswered(list, "page", composition.Now);
        }

        return list;
    }

    /// <summary>The list for a page as <see cref="GetAsync"/> gives it, with what would come next and what became of every candidate. For editors: it reads all cards.</summary>
    public async Task<TracedList> TraceAsync(Site site, ListRequest request, CancellationToken cancellation = default)
    {
        var (composition, page) = await GatherAsync(site, request, cancellation);
        var ranked = await RankAsync(composition, page, cancellation);
        return ListComposer.Trace(composition with { Ranked = await WithCardsAsync(site, ranked, Known(composition), cancellation) });
    }

    /// <summary>What becomes of one story under a page, whether or not it is a candidate.</summary>
    /// <param name="site">The site.</param>
    /// <param name="request">What the page asks.</param>
    /// <param name="card">The story.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Fate> FateAsync(Site site, ListRequest request, ArticleCard card, CancellationToken cancellation = default)
    {
        var (composition, page) = await GatherAsync(site, request, cancellation);
        var ranked = await RankAsync(composition, page, cancellation);
        var traced = ListComposer.Trace(composition with { Ranked = await WithCardsAsync(site, ranked, Known(composition), cancellation) });
        var fate = traced.Fates.GetValueOrDefault(card.Id);
        if (fate is { Kind: not FateKind.Ranked } or { Rank: not null })
        {
            return fate with { Rule = fate.Rule ?? BoostOf(composition, card) };
        }

        if (new Admission(composition).Judge(card) is { } closed)
        {
            return closed;
        }

        if (IndexedArticle.PrimaryLanguage(card.Language) != IndexedArticle.PrimaryLanguage(composition.Page?.Language ?? site.Language))
        {
            return new Fate(FateKind.OtherLanguage);
        }

        return page?.Neighbours.FirstOrDefault(neighbour => neighbour.Id == card.Id) is { } neighbour
            ? new Fate(FateKind.BelowFloor) { Similarity = neighbour.Similarity, Floor = composition.Site.Ranking.Floor, Rule = BoostOf(composition, card) }
            : fate ?? new Fate(FateKind.NoCandidate);
    }

    private static Boost? BoostOf(ListComposition composition, ArticleCard card) => composition.Overrides.OfType<Boost>().FirstOrDefault(boost => boost.Target == card.Id);

    private async Task<(ListComposition Composition, NeighbourList? Page)> GatherAsync(Site site, ListRequest request, CancellationToken cancellation)
    {
        await changes.TryCatchUpAsync(site, cancellation);
        site = await rankers.WithFloorAsync(site, cancellation);
        var now = request.At ?? time.GetUtcNow();
        var pageUrl = CanonicalUrl.TryParse(request.Url, out var canonical) ? canonical : null;
        var id = request.Id ?? (pageUrl is null ? null : await cache.PageAsync(site, pageUrl, cancellation));
        var page = request.Page ?? (id is null ? null : await cache.ListAsync(site, id, cancellation));
        var topics = page?.Page.Topics ?? [];
        var overrides = await OverridesAsync(site, page, topics, now, request.Overlay, cancellation);
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
        return (composition, page);
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
            Overrides = [.. (await OverridesAsync(site, null, topics, now, overlay: null, cancellation)).OfType<Block>()],
            LatestInTopic = topic is null ? [] : latest,
            Latest = topic is null ? latest : [],
        });
        measurements.ListAnswered(list, "latest", now);
        return list;
    }

    private async Task<MoreStoriesList> ComposeAsync(ListComposition composition, NeighbourList? page, bool chosenOnly, CancellationToken cancellation)
    {
        var ranked = await RankAsync(composition, page, cancellation);
        var known = Known(composition);
        if (chosenOnly)
        {
            composition = composition with { Pinned = new Dictionary<string, ArticleCard>(), LatestInTopic = [], Latest = [] };
        }

        // Cards are read for the best only, and for the rest when too many of these are duplicates, gone, excluded by URL or over a cap, or when the newest of the page's thread is looked for.
        var threads = composition.Threads ?? composition.Site.Ranking.Threads;
        var enough = composition.Page?.Thread is not null && threads != ThreadsInLists.Show ? ranked.Count : ListComposition.Enough(composition.Count);
        for (var considered = Math.Min(enough, ranked.Count); ; considered = ranked.Count)
        {
            var list = ListComposer.Compose(composition with { Ranked = await WithCardsAsync(composition.Site, ranked.Take(considered), known, cancellation) }, out var isSettled);
            if (isSettled || considered == ranked.Count)
            {
                return list;
            }
        }
    }

    private async Task<IReadOnlyList<RankedCandidate>> RankAsync(ListComposition composition, NeighbourList? page, CancellationToken cancellation) =>
        page is null ? [] : Rank(composition, page, await rankers.GetAsync(composition.Site, cancellation));

    private static Dictionary<string, ArticleCard> Known(ListComposition composition) =>
        composition.LatestInTopic.Concat(composition.Latest).DistinctBy(card => card.Id).ToDictionary(card => card.Id, StringComparer.Ordinal);

    private async Task<IReadOnlyList<(RankedCandidate, ArticleCard)>> WithCardsAsync(
        Site site, IEnumerable<RankedCandidate> ranked, Dictionary<string, ArticleCard> known, CancellationToken cancellation)
    {
        var cards = await Task.WhenAll(ranked.Select(async entry => (entry, Card: known.GetValueOrDefault(entry.Candidate.Id)
            ?? await OrNothingAsync(cache.CardAsync(site, entry.Candidate.Id, entry.Candidate.Published, cancellation)))));
        return [.. cards.Where(entry => entry.Card is not null).Select(entry => (entry.entry, entry.Card!))];
    }

    private static IReadOnlyList<RankedCandidate> Rank(ListComposition composition, NeighbourList page, RelevanceModel model)
    {
        var closed = composition.Overrides.OfType<Block>().Select(block => block.Target).Concat(composition.Exclude).Append(page.Page.Id).ToHashSet(StringComparer.Ordinal);
        var inTopic = composition.LatestInTopic.Select(card => card.Id).ToHashSet(StringComparer.Ordinal);
        var evergreen = composition.Overrides.OfType<Evergreen>().Select(rule => rule.Target).ToHashSet(StringComparer.Ordinal);
        var similar = page.Neighbours.Select(neighbour => new Candidate
        {
            Id = neighbour.Id,
            Published = neighbour.Published,
            Similarity = neighbour.Similarity,
            Features = neighbour.Features,
            Terms = neighbour.Terms,
            Topics = neighbour.Topics,
            Evergreen = neighbour.Evergreen || evergreen.Contains(neighbour.Id),
            InTopic = inTopic.Contains(neighbour.Id),
        });
        var latest = composition.LatestInTopic.Concat(composition.Latest).Select(card => new Candidate
        {
            Id = card.Id,
            Published = card.Published,
            Topics = card.Topics,
            Evergreen = card.Evergreen || evergreen.Contains(card.Id),
            InTopic = inTopic.Contains(card.Id),
        });
        var boosts = composition.Overrides.OfType<Boost>().DistinctBy(boost => boost.Target).ToDictionary(boost => boost.Target, boost => boost.Factor, StringComparer.Ordinal);
        var candidates = similar.Concat(latest).DistinctBy(candidate => candidate.Id)
            .Where(candidate => !closed.Contains(candidate.Id) && candidate.Published <= composition.Now && !(candidate.Published >= composition.Before))
            .ToList();
        return Ranker.Rank(composition.Site.Ranking, model, page.Page.Published, candidates, boosts, composition.Now);
    }

    private async Task<IReadOnlyList<Override>> OverridesAsync(
        Site site, NeighbourList? page, IReadOnlyList<string> topics, DateTimeOffset now, OverrideOverlay? overlay, CancellationToken cancellation)
    {
        var scopes = topics.Select(OverrideScope.Topic).Append(OverrideScope.Site);
        var rules = await Task.WhenAll((page is null ? scopes : scopes.Prepend(OverrideScope.Page(page.Page.Id)))
            .Select(async scope => await cache.OverridesAsync(site, scope, cancellation) is var live && overlay is null ? live : overlay!.On(scope, live)));
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
