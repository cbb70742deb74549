using Recommender.Changes;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.Reindexing.Stages;

/// <summary>Finds running stories in order of publication: of all articles, or of those that changed among all.</summary>
internal sealed class ThreadsStage(ThreadUpdate threads, RunBlockTable blocks, ChangeFollower changes, SiteGates gates) : IRunStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Threads;

    /// <inheritdoc/>
    public Task BeginAsync(RunContext run, CancellationToken cancellation) => run.IsOfChanged ? PlaceAsync(run, cancellation) : FindAsync(run, cancellation);

    private async Task FindAsync(RunContext run, CancellationToken cancellation)
    {
        run.Index.Measure();
        var found = ThreadReplay.Run(run.Index, [ThreadSettings.Default], cancellation: cancellation)[0];
        using var _ = await gates.EnterAsync(run.Site, cancellation);
        ThreadUpdate.Adopt(run.Index, found);
        var change = await threads.WriteAsync(run.Site, run.Index, new HashSet<string>(), cancellation);
        await changes.AnnounceAsync(run.Site, change with { ByRun = true }, cancellation);
    }

    private async Task PlaceAsync(RunContext run, CancellationToken cancellation)
    {
        foreach (var ids in (await blocks.AllAsync(run.Site, run.RunId, cancellation)).SelectMany(block => block.Ids.Chunk(RunContext.AtATime)))
        {
            using var _ = await gates.EnterAsync(run.Site, cancellation);
            var change = await threads.PlaceAsync(run.Site, run.Index, [.. ids.Where(id => run.Index.Outline(id) is not null)], cancellation);
            await changes.AnnounceAsync(run.Site, change with { ByRun = true }, cancellation);
        }
    }
}
