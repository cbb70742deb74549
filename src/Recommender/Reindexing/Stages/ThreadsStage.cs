using Recommender.Changes;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.Reindexing.Stages;

/// <summary>Finds running stories in order of publication.</summary>
internal sealed class ThreadsStage(ThreadUpdate threads, ChangeFollower changes, SiteGates gates) : IRunStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Threads;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        run.Index.Measure();
        var found = ThreadReplay.Run(run.Index, [ThreadSettings.Default], cancellation: cancellation)[0];
        using var _ = await gates.EnterAsync(run.Site, cancellation);
        ThreadUpdate.Adopt(run.Index, found);
        var change = await threads.WriteAsync(run.Site, run.Index, new HashSet<string>(), cancellation);
        await changes.AnnounceAsync(run.Site, change with { OnlyThreads = true }, cancellation);
    }
}
