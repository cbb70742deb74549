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

    /// <summary>Brings lists up to date with articles that changed and others that were removed.</summary>
    /// <returns>Ids of the articles whose lists were written.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(
        Site site, SimilarityIndex index, IReadOnlyCollection<Article> changed, IReadOnlyCollection<string> removed, CancellationToken cancellation = default)
    {
        var own = new ConcurrentBag<NeighbourList>();
        var arrivals = new ConcurrentDictionary<string, ConcurrentBag<Neighbour>>(StringComparer.Ordinal);
        var departures = new ConcurrentDictionary<string, ConcurrentBag<string>>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        var rewritten = changed.Select(article => article.Id).ToHashSet(StringComparer.Ordinal);

        await Parallel.ForEachAsync(changed, options, async (article, token) =>
        {
            var nearest = index.Nearest(article.Id, Reach);
            foreach (var near in nearest.Where(near => !rewritten.Contains(near.Id)))
            {
                arrivals.GetOrAdd(near.Id, _ => []).Add(near with { Id = article.Id, Published = article.Published, Topics = article.Card.Topics, Evergreen = article.Evergreen });
            }

            own.Add(new NeighbourList(article.Card, [.. nearest.Take(NeighbourList.Capacity)]));
            await LeaveAsync(article.Id, nearest.Select(near => near.Id).ToHashSet(StringComparer.Ordinal), token);
        });
        await Parallel.ForEachAsync(removed, options, async (id, token) => await LeaveAsync(id, new HashSet<string>(), token));

        await neighbours.PutAsync(site, own, cancellation);
        await neighbours.DeleteAsync(site, removed, cancellation);
        var written = new ConcurrentBag<string>(rewritten.Concat(removed));
        await Parallel.ForEachAsync(arrivals.Keys.Union(departures.Keys).Except(rewritten).Except(removed), options, async (id, token) =>
        {
            var leaving = departures.TryGetValue(id, out var gone) ? gone.ToHashSet(StringComparer.Ordinal) : [];
            if (await neighbours.ModifyAsync(site, id, list => list.With(arrivals.GetValueOrDefault(id) ?? [], leaving), token))
            {
                written.Add(id);
            }
        });
        return [.. written.Order(StringComparer.Ordinal)];

        async Task LeaveAsync(string id, HashSet<string> staying, CancellationToken token)
        {
            if (await neighbours.GetAsync(site, id, token) is not { } before)
            {
                return;
            }

            foreach (var former in before.Neighbours.Where(former => !staying.Contains(former.Id)))
            {
                departures.GetOrAdd(former.Id, _ => []).Add(id);
            }
        }
    }

    /// <summary>Writes the lists of <paramref name="pages"/> anew from the index alone.</summary>
    public async Task RebuildAsync(Site site, SimilarityIndex index, IReadOnlyCollection<ArticleCard> pages, CancellationToken cancellation = default)
    {
        // Lists are larger than what they are made from: only so many are in memory at a time.
        foreach (var block in pages.Chunk(BlockSize))
        {
            var lists = block.AsParallel().AsOrdered().WithCancellation(cancellation)
                .Select(page => new NeighbourList(page, index.Nearest(page.Id, NeighbourList.Capacity)));
            await neighbours.PutAsync(site, lists.ToList(), cancellation);
        }
    }
}
