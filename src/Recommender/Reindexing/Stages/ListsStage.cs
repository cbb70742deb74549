using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Stages;

/// <summary>
/// Writes each article's list in a generation that readers do not see yet, while publishing goes on beside it; or brings the lists that readers see up to date with articles that changed.
/// </summary>
internal sealed class ListsStage(
    ArticleTable articles, NeighbourTable neighbours, RunTable runs, RunBlockTable blocks, ChangeFollower changes, SiteGates gates, TimeProvider time) : IBlockStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Lists;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        if (run.IsOfChanged)
        {
            run.Lists = await neighbours.NowAsync(run.Site, cancellation);
            return;
        }

        if (run.Progress is { } progress && progress.Run.ListsBegan is null)
        {
            await PlanAsync(run, progress, cancellation);
        }

        run.Index.Measure();
        var generation = run.Progress?.Run.Generation ?? (await runs.GetAsync(run.Site, run.RunId, cancellation))?.Generation;
        run.Lists = neighbours.Of(run.Site, generation ?? throw new InvalidOperationException($"Run {run.RunId} writes no lists."));
    }

    /// <inheritdoc/>
    public async Task WorkAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        if (run.IsOfChanged)
        {
            await UpdateAsync(run, ids, cancellation);
            return;
        }

        var pages = (await articles.ReadAsync(run.Site, ids, cancellation)).ConvertAll(stored => stored.Article!.Card);
        await NeighbourUpdate.RebuildAsync(run.Lists!, run.Index, pages, cancellation);
    }

    /// <inheritdoc/>
    public Task HearAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task EndAsync(RunContext run, CancellationToken cancellation)
    {
        run.Index.Rest();
        return Task.CompletedTask;
    }

    private async Task UpdateAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        foreach (var few in ids.Chunk(RunContext.AtATime))
        {
            using var _ = await gates.EnterAsync(run.Site, cancellation);
            var changed = (await articles.ReadAsync(run.Site, few, cancellation)).ConvertAll(stored => stored.Article!);
            var written = await NeighbourUpdate.ApplyAsync(run.Lists!, run.Index, changed, [], cancellation);
            await changes.AnnounceAsync(run.Site, new Change { Articles = [.. changed.Select(article => article.Id)], Lists = written.Ids, ByRun = true }, cancellation);
        }
    }

    // Divided anew: what was published since the run began is among them, and what is from now on is in the log.
    private async Task PlanAsync(RunContext run, RunProgress progress, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await changes.CatchUpAsync(run.Site, cancellation);
        var divided = PlanningStage.Divide(run.Index.Outlines);
        await blocks.PutAsync(run.Site, run.RunId, [.. divided.Select(block => block with { Done = RunStage.Places })], cancellation);
        var (total, lists) = (Run.StepsPerArticle * divided.Sum(block => block.Ids.Count), await neighbours.ReserveAsync(run.Site, cancellation));
        await progress.UpdateAsync(of => of with { Total = total, Generation = lists.Generation, ListsBegan = now }, cancellation);
    }
}
