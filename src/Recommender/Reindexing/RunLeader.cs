using Recommender.Changes;
using Recommender.Reindexing.Stages;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>Takes a run through its stages, from the one that it is in.</summary>
internal sealed class RunLeader(IEnumerable<IRunStage> stages, BlockWork work, SiteIndexes indexes, ChangeFollower changes, SiteGates gates, TimeProvider time)
{
    // What was published since lists were begun is found in the log of changes, which is not kept for ever.
    private static readonly TimeSpan MostPause = ChangeLog.Retention / 2;

    private readonly IRunStage[] stages = [.. stages.OrderBy(stage => stage.Stage)];

    /// <summary>Takes it to its end.</summary>
    /// <param name="site">The run's site.</param>
    /// <param name="progress">The run, and where to tell how far it is.</param>
    /// <param name="fence">Greater than that of all leaders before.</param>
    /// <param name="cancellation">Stops it; somebody else may go on.</param>
    /// <exception cref="RunStoppedException">Somebody asked it to stop.</exception>
    public async Task LeadAsync(Site site, RunProgress progress, long fence, CancellationToken cancellation)
    {
        var run = new RunContext(site, await IndexAsync(site, progress.Run, cancellation), progress.Run.Id, progress.Run.Scope) { Progress = progress };
        if (!run.IsOfChanged && progress.Run.Stage is RunStage.Lists or RunStage.Switching && progress.Run.ListsBegan < time.GetUtcNow() - MostPause)
        {
            await progress.UpdateAsync(of => of with { Stage = RunStage.Lists, StageBegan = time.GetUtcNow(), Generation = null, ListsBegan = null }, cancellation);
        }

        foreach (var stage in stages.Where(stage => stage.Stage >= progress.Run.Stage))
        {
            await progress.EnterAsync(stage.Stage, cancellation);
            await stage.BeginAsync(run, cancellation);
            if (stage is IBlockStage blocks)
            {
                await work.LeadAsync(run, blocks, fence, cancellation);
                await blocks.EndAsync(run, cancellation);
            }
        }
    }

    /// <summary>What is needed to help with a stage of a run.</summary>
    public async Task<(RunContext Context, IBlockStage Stage)> JoinAsync(Site site, Run run, CancellationToken cancellation)
    {
        var context = new RunContext(site, await IndexAsync(site, run, cancellation), run.Id, run.Scope);
        var stage = stages.OfType<IBlockStage>().Single(stage => stage.Stage == run.Stage);
        await stage.BeginAsync(context, cancellation);
        return (context, stage);
    }

    // What other processes published counts too; and what they did in this run's earlier stages they told nobody.
    private async Task<SimilarityIndex> IndexAsync(Site site, Run run, CancellationToken cancellation)
    {
        using var _ = await gates.EnterAsync(site, cancellation);
        await changes.CatchUpAsync(site, cancellation);
        return await indexes.RefreshAsync(site, run is { Stage: > RunStage.Planning, StageBegan: { } began } ? began : DateTimeOffset.MinValue);
    }
}
