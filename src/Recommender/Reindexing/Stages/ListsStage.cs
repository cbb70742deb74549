using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;

namespace Recommender.Reindexing.Stages;

/// <summary>Writes each article's list in a generation that readers do not see yet. Publishing goes on beside it.</summary>
internal sealed class ListsStage(ArticleTable articles, NeighbourTable neighbours, RunTable runs, RunBlockTable blocks, ChangeFollower changes, TimeProvider time) : IBlockStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Lists;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
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
        var pages = (await articles.ReadAsync(run.Site, ids, cancellation)).ConvertAll(stored => stored.Article!.Card);
        await NeighbourUpdate.RebuildAsync(run.Lists!, run.Index, pages, cancellation);
    }

    /// <inheritdoc/>
    public Task HearAsync(RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation) => Task.CompletedTask;

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
