using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Similarity;

/// <summary>
/// Keeps neighbour lists true in both directions: an article that is new or changed gets its list, and enters the lists of the articles that it is near;
/// one that is gone leaves them.
/// </summary>
public sealed class NeighbourUpdate(NeighbourTable neighbours)
{
    // Those near an article need not be those that it is near: a hub is in many lists that its own has no room for.
    private const int Reach = 3 * NeighbourList.Capacity;
    private const int Parallelism = 16;
    private const int BlockSize = 1_024;

    // Publishing waits for so many.
    private const int PagesAtOnce = 64;

    /// <summary>Brings the lists that readers see up to date with articles that changed and others that were removed.</summary>
    public async Task<WrittenLists> ApplyAsync(
        Site site, SimilarityIndex index, IReadOnlyCollection<Article> changed, IReadOnlyCollection<string> removed, CancellationToken cancellation = default) =>
        await ApplyAsync(await neighbours.NowAsync(site, cancellation), index, changed, removed, cancellation);

    /// <summary>
    /// Does the same again where readers have been switched to other lists since. Called once all processes were told of the articles: who switched before that looked for them in what they were told.
    /// </summary>
    /// <returns>Ids of the articles whose lists were written; none when nothing was to be done.</returns>
    public async Task<IReadOnlyList<string>> FollowAsync(
        Site site, SimilarityIndex index, WrittenLists written, IReadOnlyCollection<Article> changed, IReadOnlyCollection<string> removed, CancellationToken cancellation = default)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        while (await neighbours.NowAsync(site, cancellation) is var lists && lists.Generation != written.Generation)
        {
            written = await ApplyAsync(lists, index, changed, removed, cancellation);
            all.UnionWith(written.Ids);
        }

        return [.. all];
    }

    /// <summary>Brings the lists of one generation up to date with articles that changed and others that were removed.</summary>
    internal static async Task<WrittenLists> ApplyAsync(
        NeighbourLists lists, SimilarityIndex index, IReadOnlyCollection<Article> changed, IReadOnlyCollection<string> removed, CancellationToken cancellation = default)
    {
        var own = new ConcurrentBag<NeighbourList>();
        var arrivals = new ConcurrentDictionary<string, ConcurrentBag<Neighbour>>(StringComparer.Ordinal);
        var departures = new ConcurrentDictionary<string, ConcurrentBag<string>>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        var rewritten = changed.Select(article => article.Id).ToHashSet(StringComparer.Ordinal);

        await Parallel.ForEachAsync(changed, options, async (article, token) =>
        {
            var nearest = index.NearestBothWays(article.Id, Reach);
            foreach (var (near, reverse) in nearest.Where(pair => !rewritten.Contains(pair.Near.Id)))
            {
                arrivals.GetOrAdd(near.Id, _ => []).Add(reverse);
            }

            own.Add(new NeighbourList(article.Card, [.. nearest.Take(NeighbourList.Capacity).Select(pair => pair.Near)]));
            await LeaveAsync(article.Id, nearest.Select(pair => pair.Near.Id).ToHashSet(StringComparer.Ordinal), token);
        });
        await Parallel.ForEachAsync(removed, options, async (id, token) => await LeaveAsync(id, new HashSet<string>(), token));

        await lists.PutAsync(own, cancellation);
        await lists.DeleteAsync(removed, cancellation);
        var written = new ConcurrentBag<string>(rewritten.Concat(removed));
        await Parallel.ForEachAsync(arrivals.Keys.Union(departures.Keys).Except(rewritten).Except(removed), options, async (id, token) =>
        {
            var leaving = departures.TryGetValue(id, out var gone) ? gone.ToHashSet(StringComparer.Ordinal) : [];
            if (await lists.ModifyAsync(id, list => list.With(arrivals.GetValueOrDefault(id) ?? [], leaving), token))
            {
                written.Add(id);
            }
        });
        return new WrittenLists(lists.Generation, [.. written.Order(StringComparer.Ordinal)]);

        async Task LeaveAsync(string id, HashSet<string> staying, CancellationToken token)
        {
            if (await lists.GetAsync(id, token) is not { } before)
            {
                return;
            }

            foreach (var former in before.Neighbours.Where(former => !staying.Contains(former.Id)))
            {
                departures.GetOrAdd(former.Id, _ => []).Add(id);
            }
        }
    }

    /// <summary>Writes the lists of <paramref name="pages"/> that readers see anew, from the index alone.</summary>
    public async Task<WrittenLists> RebuildAsync(Site site, SimilarityIndex index, IReadOnlyCollection<ArticleCard> pages, CancellationToken cancellation = default)
    {
        var lists = await neighbours.NowAsync(site, cancellation);
        await RebuildAsync(lists, index, pages, cancellation);
        return new WrittenLists(lists.Generation, [.. pages.Select(page => page.Id)]);
    }

    /// <summary>Writes the lists of <paramref name="pages"/> of one generation anew, from the index alone.</summary>
    internal static async Task RebuildAsync(NeighbourLists into, SimilarityIndex index, IReadOnlyCollection<ArticleCard> pages, CancellationToken cancellation = default)
    {
        // Lists are larger than what they are made from: only so many are in memory at a time.
        foreach (var block in pages.Chunk(BlockSize))
        {
            var lists = block.Chunk(PagesAtOnce).AsParallel().AsOrdered().WithCancellation(cancellation)
                .SelectMany(pages => pages.Zip(index.Nearest([.. pages.Select(page => page.Id)], NeighbourList.Capacity), (page, nearest) => new NeighbourList(page, nearest)));
            await into.PutAsync(lists.ToList(), cancellation);
        }
    }
}

/// <summary>Lists that were written.</summary>
/// <param name="Generation">Their generation.</param>
/// <param name="Ids">Ids of their articles.</param>
public readonly record struct WrittenLists(long Generation, IReadOnlyList<string> Ids);
