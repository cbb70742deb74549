using System.Collections.Concurrent;
using Recommender.Editorial.Drafts;
using Recommender.MoreStories;
using Recommender.Ranking.Models;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Editorial.Review;

/// <summary>
/// What operations for a topic or the site would do to other pages. Only pages that can have the story are looked at: those it is like, found through the index both ways, and, where it is pinned or
/// among the newest, all in the scope. Each is asked for its list, live and drafted, likeliest first; when there are too many for the time, the answer says how many were looked at.
/// </summary>
public sealed class DryRun(MoreStoriesService lists, ReadCache cache, SiteRankers rankers, SiteIndexes indexes, TimeProvider time)
{
    /// <summary>How long it looks, so that the answer is there within two seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.2);

    private const int ExamplesKept = 10;

    /// <summary>Does nothing, and tells what would be changed.</summary>
    /// <param name="site">The site.</param>
    /// <param name="page">The page whose draft it is; not counted.</param>
    /// <param name="operations">What is decided.</param>
    /// <param name="patience">How long to look; null: <see cref="Patience"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<DryRunResult> RunAsync(Site site, string page, IReadOnlyList<Operation> operations, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        var wide = operations.Where(operation => operation.Subject.Scope.Kind != "page").ToList();
        if (wide.Count == 0)
        {
            return DryRunResult.None;
        }

        site = await rankers.WithFloorAsync(site, cancellation);
        var begun = time.GetTimestamp();
        var now = time.GetUtcNow();
        var index = await indexes.GetAsync(site);
        var candidates = new OrderedDictionary<string, Candidate>(StringComparer.Ordinal);
        var published = index.Outlines.OrderByDescending(article => article.Published).ThenBy(article => article.Id, StringComparer.Ordinal).ToList();
        foreach (var operation in wide)
        {
            var anyway = Anyway(site, published, operation, now).Select(article => article.Id).ToHashSet(StringComparer.Ordinal);
            // A link brings a story under a page below the floor, too; whom it is linked with is among its own neighbours.
            var own = (await cache.ListAsync(site, operation.Subject.Target, cancellation))?.Neighbours ?? [];
            var linked = own.Where(neighbour => operation.Subject.Scope.Kind == "site" || neighbour.Topics.Contains(operation.Subject.Scope.Name)).Select(neighbour => neighbour.Id);
            foreach (var id in Near(site, index, operation).Concat(linked).Distinct().Concat(published.Select(article => article.Id).Where(anyway.Contains)).Where(id => id != page && id != operation.Subject.Target))
            {
                candidates[id] = candidates.TryGetValue(id, out var known) ? known with { IsReachedAnyway = known.IsReachedAnyway || anyway.Contains(id), Targets = [.. known.Targets, operation.Subject.Target] }
                    : new Candidate([operation.Subject.Target], anyway.Contains(id));
            }
        }

        var live = new OverrideOverlay([], now);
        var drafted = new OverrideOverlay(operations, now);
        var isBlockingOnly = wide.TrueForAll(operation => operation.Rule is Block);
        var affected = new ConcurrentDictionary<int, AffectedPage>();
        var looked = 0;
        var limit = patience ?? Patience;
        await Parallel.ForEachAsync(candidates.Index(), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, async (entry, token) =>
        {
            if (time.GetElapsedTime(begun) > limit)
            {
                return;
            }

            if (!entry.Item.Value.IsReachedAnyway && (await cache.ListAsync(site, entry.Item.Key, token))?.Neighbours.Any(neighbour => entry.Item.Value.Targets.Contains(neighbour.Id)) is not true)
            {
                // Like enough, but a hundred others are more so: the story is no candidate there.
                Interlocked.Increment(ref looked);
                return;
            }

            var request = new ListRequest { Id = entry.Item.Key, Overlay = live };
            var before = await lists.GetAsync(site, request, token);

            // A story that is not in a list cannot be blocked out of it.
            if (!isBlockingOnly || wide.Exists(operation => before.Items.Any(item => item.Card.Id == operation.Subject.Target)))
            {
                var after = await lists.GetAsync(site, request with { Overlay = drafted }, token);
                if (!before.Items.Select(item => item.Card.Id).SequenceEqual(after.Items.Select(item => item.Card.Id)))
                {
                    var target = entry.Item.Value.Targets[0];
                    affected[entry.Index] = new AffectedPage(entry.Item.Key, target, SlotOf(before, target), SlotOf(after, target));
                }
            }

            Interlocked.Increment(ref looked);
        });
        return new DryRunResult(candidates.Count, looked, affected.Count, [.. affected.OrderBy(entry => entry.Key).Take(ExamplesKept).Select(entry => entry.Value)]);
    }

    private static IEnumerable<string> Near(Site site, SimilarityIndex index, Operation operation)
    {
        var scope = operation.Subject.Scope;
        var lift = Math.Max(1, Math.Max(FactorOf(operation.Rule), FactorOf(operation.Base)));
        return index.Near(operation.Subject.Target, site.Ranking.Floor!.Value / lift).OrderByDescending(other => other.Similarity).Select(other => other.Id)
            .Where(id => scope.Kind == "site" || index.Outline(id)?.Topics.Contains(scope.Name) is true);
    }

    // Pages that the story can come to without being like them.
    private static IEnumerable<ArticleOutline> Anyway(Site site, List<ArticleOutline> published, Operation operation, DateTimeOffset now) =>
        (operation.Subject.Kind == Pin.Name ? published : ByDate(site, published, operation.Subject.Target, now)).Where(article => IsIn(operation.Subject.Scope, article));

    // A story that is among the newest can be in any list of its language that has room: of its topics' pages, or of the site's.
    private static IEnumerable<ArticleOutline> ByDate(Site site, List<ArticleOutline> published, string target, DateTimeOffset now)
    {
        if (published.Find(article => article.Id == target) is not { } story || story.Published > now)
        {
            return [];
        }

        var reach = site.Ranking.RecencyWeight >= site.Ranking.Floor || site.Ranking.LatestShare > 0 || site.Ranking.OnlyOlder ? ReadCache.LatestKept : 2 * ListRequest.MaxCount;
        var before = published.Where(article => article.Published <= now && article.Language == story.Language && article.Published > story.Published).ToList();
        var isNewest = site.Ranking.OnlyOlder || before.Count < reach;
        var topics = story.Topics.Where(topic => before.Count(other => other.Topics.Contains(topic)) < reach).ToList();
        return published.Where(article => article.Language == story.Language && (isNewest || topics.Exists(topic => article.Topics.Contains(topic))));
    }

    private static bool IsIn(OverrideScope scope, ArticleOutline article) => scope.Kind == "site" || article.Topics.Contains(scope.Name);

    private static double FactorOf(Override? rule) => (rule as Boost)?.Factor ?? 1;

    private static int? SlotOf(MoreStoriesList list, string id) => list.Items.FirstOrDefault(item => item.Card.Id == id)?.Slot;

    private sealed record Candidate(IReadOnlyList<string> Targets, bool IsReachedAnyway);
}

/// <summary>What operations would do to other pages.</summary>
/// <param name="Candidates">Pages that can be affected.</param>
/// <param name="Looked">Of these, those that were looked at.</param>
/// <param name="Changed">Of these, those whose lists would change.</param>
/// <param name="Examples">Some of them, likeliest first.</param>
public sealed record DryRunResult(int Candidates, int Looked, int Changed, IReadOnlyList<AffectedPage> Examples)
{
    /// <summary>Nothing beyond the page itself.</summary>
    public static DryRunResult None { get; } = new(0, 0, 0, []);

    /// <summary>Whether all were looked at, so that the number is exact rather than the least.</summary>
    public bool IsExact => Looked == Candidates;
}

/// <summary>A page whose list would change.</summary>
/// <param name="Page">Id of its article.</param>
/// <param name="Target">The story that it changes by.</param>
/// <param name="Before">That story's slot now; null for none.</param>
/// <param name="After">Its slot then; null for none.</param>
public sealed record AffectedPage(string Page, string Target, int? Before, int? After);
