using Recommender.Models;
using Recommender.Reindexing.Stages;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>
/// Chooses every article's terms anew by what the whole site has, places all among the site's subjects, finds all threads anew, and writes every list anew, where readers do not see them until
/// all are there; or does that for what changed since the last run, by what that learned, in the lists that readers see (<see cref="RunScope"/>). A run is led by one process at a time; one that is interrupted, wherever that is, is gone on with by the next to execute it.
/// </summary>
public sealed class Reindexer
{
    private const string Work = "run";
    private const int MostErrors = 20;
    private readonly RunTable runs;
    private readonly RunBlockTable blocks;
    private readonly LeaseTable leases;
    private readonly NeighbourTable neighbours;
    private readonly IndexPacks packs;
    private readonly ModelTable models;
    private readonly RunLeader leader;
    private readonly RunHelp help;
    private readonly TimeProvider time;

    internal Reindexer(RunTable runs, RunBlockTable blocks, LeaseTable leases, NeighbourTable neighbours, IndexPacks packs, ModelTable models, RunLeader leader, RunHelp help, TimeProvider time) =>
        (this.runs, this.blocks, this.leases, this.neighbours, this.packs, this.models, this.leader, this.help, this.time) = (runs, blocks, leases, neighbours, packs, models, leader, help, time);

    /// <summary>Records a new run, without working on it yet. When there is one that has not ended, that one is returned. It goes by what changed where that is enough.</summary>
    public Task<Run> StartAsync(Site site, CancellationToken cancellation = default) => runs.StartAsync(site, null, cancellation);

    /// <summary>As <see cref="StartAsync(Site, CancellationToken)"/>, for a run that is to make all anew. One under way that has begun with less is returned as it is.</summary>
    public Task<Run> StartWholeAsync(Site site, CancellationToken cancellation = default) => runs.StartAsync(site, RunScope.Whole, cancellation);

    /// <summary>A run as it stands; null when there is none of that id.</summary>
    public Task<Run?> GetAsync(Site site, string runId, CancellationToken cancellation = default) => runs.GetAsync(site, runId, cancellation);

    /// <summary>The run that was asked for and has not ended; null when there is none.</summary>
    public Task<Run?> FindActiveAsync(Site site, CancellationToken cancellation = default) => runs.FindActiveAsync(site, cancellation);

    /// <summary>
    /// Works on a run until it has ended or somebody asked it to stop, and returns it as it is then. It has not ended, either, when another process is at a run of this site.
    /// <paramref name="progress"/> is told after each step on the way.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such run.</exception>
    /// <exception cref="Tables.TableUnavailableException">The store does not answer. The run has not ended and can be executed again.</exception>
    public async Task<Run> ExecuteAsync(Site site, string runId, IProgress<Run>? progress = null, CancellationToken cancellation = default)
    {
        await using var lease = await leases.TryTakeAsync(site, Work, cancellation);
        var run = await ReadAsync(site, runId, cancellation);
        if (lease is null || run.Ended is not null || run.State is RunState.Paused)
        {
            return run;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            run = await runs.UpdateAsync(site, runId, run => run with { State = RunState.Running, Started = run.Started ?? time.GetUtcNow() }, either.Token) ?? run;
            using var told = new RunProgress(site, run, runs, progress, time);
            await told.UpdateAsync(run => run, either.Token);
            await leader.LeadAsync(site, told, lease.Fence, either.Token);
            run = await EndAsync(site, runId, run => run with { State = RunState.Succeeded }, either.Token);
        }
        catch (RunStoppedException)
        {
            run = await GrantAsync(site, runId, either.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return await ReadAsync(site, runId, cancellation);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or Tables.TableUnavailableException))
        {
            run = await EndAsync(site, runId, run => Failed(run, failure.Message), either.Token);
        }

        progress?.Report(run);
        return run;
    }

    /// <summary>Works on a block that another process, which leads the run, offered. False when that is not wanted any more.</summary>
    public Task<bool> HelpAsync(Site site, string runId, RunStage stage, int block, CancellationToken cancellation = default) =>
        help.HelpAsync(site, runId, stage, block, cancellation);

    /// <summary>Asks a run to stop: at once when nobody is at it, else when the process that is has heard of it. Null when there is no such run.</summary>
    public async Task<Run?> AskAsync(Site site, string runId, RunWish wish, CancellationToken cancellation = default)
    {
        var run = await runs.UpdateAsync(
            site, runId, run => run.State is RunState.Paused && wish is RunWish.Pause ? run : run with { Wish = wish }, cancellation);
        if (run is not { Wish: not null, Ended: null })
        {
            return run;
        }

        await using var lease = await leases.TryTakeAsync(site, Work, cancellation);
        return lease is null ? run : await GrantAsync(site, runId, cancellation);
    }

    /// <summary>Lets a run that is paused, or asked to pause, go on once it is executed. Null when there is no such run.</summary>
    public Task<Run?> ResumeAsync(Site site, string runId, CancellationToken cancellation = default) => runs.UpdateAsync(
        site,
        runId,
        run => run with { Wish = run.Wish is RunWish.Pause ? null : run.Wish, State = run.State is RunState.Paused ? RunState.Queued : run.State },
        cancellation);

    /// <summary>Ends a run that has not ended and that nobody is at, with a reason. False when it has, somebody is, or there is none of that id.</summary>
    public async Task<bool> GiveUpAsync(Site site, string runId, string reason, CancellationToken cancellation = default)
    {
        await using var lease = await leases.TryTakeAsync(site, Work, cancellation);
        if (lease is null || await runs.GetAsync(site, runId, cancellation) is not { Ended: null })
        {
            return false;
        }

        await EndAsync(site, runId, run => Failed(run, reason), cancellation);
        return true;
    }

    private static Run Failed(Run run, string reason) => run with { State = RunState.Failed, Errors = [.. run.Errors.TakeLast(MostErrors - 1), reason] };

    private async Task<Run> GrantAsync(Site site, string runId, CancellationToken cancellation)
    {
        if (await ReadAsync(site, runId, cancellation) is { Wish: RunWish.Cancel })
        {
            return await EndAsync(site, runId, run => run with { State = RunState.Cancelled, Wish = null }, cancellation);
        }

        return await runs.UpdateAsync(
            site, runId, run => run.Wish is RunWish.Pause ? run with { State = RunState.Paused, Wish = null } : run, cancellation) ?? await ReadAsync(site, runId, cancellation);
    }

    private async Task<Run> EndAsync(Site site, string runId, Func<Run, Run> end, CancellationToken cancellation)
    {
        // First what it leaves behind: what is interrupted here is done again by whoever goes on with the run.
        await blocks.DeleteAsync(site, runId, cancellation);
        await models.DeleteAsync(site, PlanningStage.CountsName, cancellation);
        await neighbours.SweepAsync(site, null, cancellation);
        await packs.SweepAsync(site, cancellation);
        return await runs.UpdateAsync(site, runId, run => end(run) with { Ended = time.GetUtcNow() }, cancellation) ?? await ReadAsync(site, runId, cancellation);
    }

    private async Task<Run> ReadAsync(Site site, string runId, CancellationToken cancellation) =>
        await runs.GetAsync(site, runId, cancellation) ?? throw new ArgumentException($"There is no run '{runId}'.", nameof(runId));
}
