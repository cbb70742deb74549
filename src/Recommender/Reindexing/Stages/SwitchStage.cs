using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Sites;

namespace Recommender.Reindexing.Stages;

/// <summary>
/// Adds to the new lists what was published while they were made, and lets readers see them. Whoever publishes writes lists, tells of it, and then looks whether readers were switched meanwhile;
/// here it is the other way round: first the switch, then a last look at what was told. So of two who meet, one sees the other, whatever the order.
/// </summary>
internal sealed class SwitchStage(ArticleTable articles, NeighbourTable neighbours, IndexPacks packs, ChangeLog log, RunMarks marks, ChangeFollower changes, SiteGates gates) : IRunStage
{
    private const int BlockSize = 256;

    /// <inheritdoc/>
    public RunStage Stage => RunStage.Switching;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        var began = run.Progress!.Run.ListsBegan!.Value;
        if (run.IsOfChanged)
        {
            // What the next run takes up again, its process has to read again.
            await (run.Progress.Run.Errors.Count > 0 ? Task.CompletedTask : packs.AddAsync(run.Site, run.Index, run.RunId, began, cancellation));
        }
        else
        {
            // First, for other processes need an index as soon as they hear of the switch.
            await packs.PutAsync(run.Site, run.Index, run.Progress.Run.Generation!.Value, began, cancellation);
            await SwitchAsync(run, cancellation);
        }

        await marks.PutAsync(run.Site, run.Index, run.Progress.Run, cancellation);
    }

    private async Task SwitchAsync(RunContext run, CancellationToken cancellation)
    {
        var (since, generation) = (run.Progress!.Run.ListsBegan!.Value - ChangeLog.Overlap, run.Progress.Run.Generation!.Value);
        var lists = neighbours.Of(run.Site, generation);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Most of it while publishing goes on, the rest while it waits.
        await AddAsync(run, lists, since, seen, cancellation);
        using (await gates.EnterAsync(run.Site, cancellation))
        {
            await AddAsync(run, lists, since, seen, cancellation);

            // The last moment for somebody who wants no new lists.
            await run.Progress.UpdateAsync(of => of, cancellation);
            await neighbours.SwitchAsync(run.Site, generation, cancellation);
            await changes.AnnounceAsync(run.Site, new Change { Everything = true }, cancellation);
            var late = await AddAsync(run, lists, since, seen, cancellation);
            await changes.AnnounceAsync(run.Site, new Change { Lists = late }, cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> AddAsync(RunContext run, NeighbourLists lists, DateTimeOffset since, HashSet<string> seen, CancellationToken cancellation)
    {
        var told = (await log.ReadAsync(run.Site, since, cancellation)).Where(entry => seen.Add(entry.Key)).ToList();
        var ids = told.Where(entry => !entry.Change.ByRun).SelectMany(entry => entry.Change.Articles).ToHashSet(StringComparer.Ordinal);
        var changed = new List<Article>();
        foreach (var block in ids.Chunk(BlockSize))
        {
            changed.AddRange((await articles.ReadAsync(run.Site, block, cancellation)).Select(stored =>
            {
                SiteIndexes.Put(run.Index, stored.Id, stored);
                return stored.Article!;
            }));
        }

        var removed = ids.Except(changed.Select(article => article.Id), StringComparer.Ordinal).ToList();
        removed.ForEach(id => SiteIndexes.Put(run.Index, id, null));
        return changed.Count + removed.Count == 0 ? [] : (await NeighbourUpdate.ApplyAsync(lists, run.Index, changed, removed, cancellation)).Ids;
    }
}
