using Recommender.Articles;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review.Warnings;
using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Editorial.Review;

/// <summary>The lists of a page as they are live and as a draft would make them, from the same ranking that serves readers.</summary>
public sealed class PageReviews(MoreStoriesService lists, OverrideTable overrides, ArticleTable articles, TimeProvider time)
{
    /// <summary>What a draft does to its page.</summary>
    /// <param name="site">The site.</param>
    /// <param name="draft">The draft; an empty one gives the same list twice.</param>
    /// <param name="at">The instant to look at; null: now.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PageReview> ReviewAsync(Site site, Draft draft, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var request = new ListRequest { Id = draft.Page, At = at };
        var live = await lists.TraceAsync(site, request, cancellation);
        var drafted = draft.Operations.Count == 0 ? live : await lists.TraceAsync(site, request with { Overlay = new OverrideOverlay(draft.Operations, now) }, cancellation);
        var page = (await articles.GetAsync(site, draft.Page, cancellation))?.Article?.Card;
        var (before, after) = await RulesAsync(site, page, draft, now, cancellation);
        var stories = await StoriesAsync(site, before.Concat(after).Select(rule => rule.Target), cancellation);
        return new PageReview
        {
            At = at ?? now,
            Live = live,
            Draft = drafted,
            Movements = Movement.Between(live.List, drafted.List),
            Displaced = [.. live.List.Items
                .Where(item => drafted.List.Items.All(other => other.Card.Id != item.Card.Id))
                .Select(item => new Displaced(item, drafted.Fates.GetValueOrDefault(item.Card.Id) ?? ClosedBy(after, item.Card.Id, at ?? now)))],
            LiveRules = before,
            Rules = after,
            Stories = stories,
            Warnings = WarningRules.Check(new WarningContext
            {
                Page = draft.Page,
                Now = at ?? now,
                Zone = site.TimeZone,
                Live = before,
                After = after,
                Stories = stories,
                Redundant = await RedundantAsync(site, request, draft, after, at ?? now, cancellation),
            }),
        };
    }

    /// <summary>Stories by id.</summary>
    public async Task<IReadOnlyDictionary<string, Story>> StoriesAsync(Site site, IEnumerable<string> ids, CancellationToken cancellation = default)
    {
        var stories = new Dictionary<string, Story>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var stored = await articles.GetAsync(site, id, cancellation);
            stories[id] = new Story(id, stored?.Article?.Card, stored?.Removed);
        }

        return stories;
    }

    private async Task<(IReadOnlyList<Override> Live, IReadOnlyList<Override> After)> RulesAsync(Site site, ArticleCard? page, Draft draft, DateTimeOffset now, CancellationToken cancellation)
    {
        var (live, after) = (new List<Override>(), new List<Override>());
        var overlay = new OverrideOverlay(draft.Operations, now);
        var scopes = (page?.Topics ?? []).Select(OverrideScope.Topic).Prepend(OverrideScope.Page(draft.Page)).Append(OverrideScope.Site);
        foreach (var scope in scopes)
        {
            var rules = await overrides.ListAsync(site, scope, cancellation);
            live.AddRange(rules);
            after.AddRange(overlay.On(scope, rules));
        }

        return (live, after);
    }

    // A story that an editor shut out is no candidate any more, so nothing was traced of it.
    private static Fate ClosedBy(IReadOnlyList<Override> rules, string id, DateTimeOffset now) =>
        rules.OfType<Block>().FirstOrDefault(block => block.Target == id && block.IsInForce(now)) is { } block ? new Fate(FateKind.Blocked) { Rule = block }
        : rules.OfType<Boost>().FirstOrDefault(boost => boost.Target == id && boost.IsInForce(now)) is { } boost ? new Fate(FateKind.BelowFloor) { Rule = boost }
        : new Fate(FateKind.NoCandidate);

    private async Task<IReadOnlySet<string>> RedundantAsync(
        Site site, ListRequest request, Draft draft, IReadOnlyList<Override> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var redundant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pin in rules.OfType<Pin>().Where(pin => pin.Scope == OverrideScope.Page(draft.Page) && pin.IsInForce(now)))
        {
            var operations = draft.Operations.Where(operation => operation.Subject != Subject.Of(pin)).Append(Operation.Take(Subject.Of(pin))).ToList();
            var without = await lists.GetAsync(site, request with { Overlay = new OverrideOverlay(operations, now) }, cancellation);
            if (without.Items.Any(item => item.Slot == pin.Slot && item.Card.Id == pin.Target))
            {
                redundant.Add(pin.Target);
            }
        }

        return redundant;
    }
}

/// <summary>A page's list live and drafted.</summary>
public sealed record PageReview
{
    /// <summary>The instant that is looked at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>As readers have it.</summary>
    public required TracedList Live { get; init; }

    /// <summary>As readers would.</summary>
    public required TracedList Draft { get; init; }

    /// <summary>The drafted list against the live one, slot by slot.</summary>
    public required IReadOnlyList<Movement> Movements { get; init; }

    /// <summary>What is live and would be no more.</summary>
    public required IReadOnlyList<Displaced> Displaced { get; init; }

    /// <summary>What holds for the page: its own rules, its topics' and the site's, in force or not.</summary>
    public required IReadOnlyList<Override> LiveRules { get; init; }

    /// <summary>What would hold.</summary>
    public required IReadOnlyList<Override> Rules { get; init; }

    /// <summary>The stories that these rules are about.</summary>
    public required IReadOnlyDictionary<string, Story> Stories { get; init; }

    /// <summary>What the editor should know, what matters most first.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}
