using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.Articles;

/// <summary>Brings lists and running stories up to date with many articles at once, when all of an import are in.</summary>
internal sealed class Relisting(ArticleTable articles, SiteIndexes indexes, NeighbourUpdate neighbours, ThreadUpdate threads, ChangeFollower changes)
{
    // When new articles are at least this share of all, every list is worth writing anew.
    private const double RebuildShare = 0.2;

    private const int BlockSize = 256;

    /// <summary>Brings lists and running stories up to date with articles of these ids. Called within the site's gate.</summary>
    public async Task RunAsync(Site site, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var index = await indexes.GetAsync(site);
        WrittenLists lists;
        Change threaded;
        var changed = new List<Article>();
        if (ids.Count >= RebuildShare * index.Count)
        {
            index.Measure();
            ThreadUpdate.Adopt(index, ThreadReplay.Run(index, [ThreadSettings.Default], cancellation: cancellation)[0]);
            threaded = await threads.WriteAsync(site, index, new HashSet<string>(), cancellation);
            changed = await articles.AllAsync(site, cancellation).Select(stored => stored.Article).OfType<Article>().ToListAsync(cancellation);
            lists = await neighbours.RebuildAsync(site, index, changed.ConvertAll(article => article.Card), cancellation);
        }
        else
        {
            threaded = await threads.PlaceAsync(site, index, ids, cancellation);
            foreach (var block in ids.Chunk(BlockSize))
            {
                changed.AddRange((await articles.ReadAsync(site, block, cancellation)).Select(stored => stored.Article!));
            }

            lists = await neighbours.ApplyAsync(site, index, changed, [], cancellation);
        }

        await changes.AnnounceAsync(site, threaded.And(new Change { Lists = lists.Ids }), cancellation);
        if (await neighbours.FollowAsync(site, index, lists, changed, [], cancellation) is { Count: > 0 } again)
        {
            await changes.AnnounceAsync(site, new Change { Lists = again }, cancellation);
        }
    }
}
