using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Telemetry;
using Recommender.Threads;

namespace Recommender.MoreStories;

/// <summary>Answers pages: gathers from the cache what a list is made of and has it composed.</summary>
public sealed class MoreStoriesService(ListGatherer gatherer, SiteRankers rankers, Measurements measurements)
{
    /// <summary>The list for a page.</summary>
    public async Task<MoreStoriesList> GetAsync(Site site, ListRequest request, CancellationToken cancellation = default)
    {
        using var activity = Activities.Source.StartActivity("list");
        var (composition, page) = await gatherer.GatherAsync(site, request, cancellation);
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
        var (composition, page) = await gatherer.GatherAsync(site, request, cancellation);
        return await TraceAsync(composition, page, cancellation);
    }

    /// <summary>What becomes of one story under a page, whether or not it is a candidate.</summary>
    /// <param name="site">The site.</param>
    /// <param name="request">What the page asks.</param>
    /// <param name="card">The story.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Fate> FateAsync(Site site, ListRequest request, ArticleCard card, CancellationToken cancellation = default)
    {
        var (composition, page) = await gatherer.GatherAsync(site, request, cancellation);
        var fate = (await TraceAsync(composition, page, cancellation)).Fates.GetValueOrDefault(card.Id);
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

    /// <summary>
    /// The newest stories of a topic (slug; null: of the site) at <paramref name="at"/> (null: now), in the shape of a list with state <see cref="ListState.Fallback"/> or <see cref="ListState.Empty"/>.
    /// </summary>
    public async Task<MoreStoriesList> LatestAsync(Site site, string? topic, int? count, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        var composition = await gatherer.GatherLatestAsync(site, topic, count, at, cancellation);
        var list = ListComposer.Compose(composition);
        measurements.ListAnswered(list, "latest", composition.Now);
        return list;
    }

    private async Task<TracedList> TraceAsync(ListComposition composition, NeighbourList? page, CancellationToken cancellation) =>
        ListComposer.Trace(await gatherer.WithCardsAsync(composition, await RankAsync(composition, page, cancellation), cancellation));

    private static Boost? BoostOf(ListComposition composition, ArticleCard card) => composition.Overrides.OfType<Boost>().FirstOrDefault(boost => boost.Target == card.Id);

    private async Task<MoreStoriesList> ComposeAsync(ListComposition composition, NeighbourList? page, bool chosenOnly, CancellationToken cancellation)
    {
        var ranked = await RankAsync(composition, page, cancellation);
        if (chosenOnly)
        {
            composition = composition with { Pinned = new Dictionary<string, ArticleCard>(), LatestInTopic = [], Latest = [] };
        }

        // Cards are read for the best only, and for the rest when too many of these are duplicates, gone, excluded by URL or over a cap, or when the newest of the page's thread is looked for.
        var threads = composition.Threads ?? composition.Site.Ranking.Threads;
        var enough = composition.Page?.Thread is not null && threads != ThreadsInLists.Show ? ranked.Count : ListComposition.Enough(composition.Count);
        for (var considered = Math.Min(enough, ranked.Count); ; considered = ranked.Count)
        {
            var list = ListComposer.Compose(await gatherer.WithCardsAsync(composition, ranked.Take(considered), cancellation), out var isSettled);
            if (isSettled || considered == ranked.Count)
            {
                return list;
            }
        }
    }

    private async Task<IReadOnlyList<RankedCandidate>> RankAsync(ListComposition composition, NeighbourList? page, CancellationToken cancellation) =>
        page is null ? [] : Rank(composition, page, await rankers.GetAsync(composition.Site, cancellation));

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
}
