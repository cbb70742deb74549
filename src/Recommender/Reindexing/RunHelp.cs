using Recommender.Reindexing.Stages;
using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>Works on blocks of runs that another process leads. What a stage needs is made ready once, however many blocks of it come.</summary>
internal sealed class RunHelp(RunTable runs, RunLeader leader, BlockWork work) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private (string Site, string Run, RunStage Stage, RunContext Context, IBlockStage Work)? joined;

    /// <summary>Works on a block, if that is still wanted.</summary>
    public async Task<bool> HelpAsync(Site site, string runId, RunStage stage, int block, CancellationToken cancellation)
    {
        if (await runs.GetAsync(site, runId, cancellation) is not { State: RunState.Running, Wish: null } run || run.Stage != stage)
        {
            return false;
        }

        var (context, blocks) = await JoinAsync(site, run, cancellation);
        return await work.HelpAsync(context, blocks, block, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<(RunContext Context, IBlockStage Stage)> JoinAsync(Site site, Run run, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (joined is not { } known || (known.Site, known.Run, known.Stage) != (site.Id, run.Id, run.Stage))
            {
                var (context, stage) = await leader.JoinAsync(site, run, cancellation);
                joined = known = (site.Id, run.Id, run.Stage, context, stage);
            }

            return (known.Context, known.Work);
        }
        finally
        {
            gate.Release();
        }
    }
}
