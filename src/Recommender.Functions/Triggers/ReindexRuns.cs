using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Triggers;

/// <summary>Works on runs, whoever asked for them: one process at a time for each site, and measured.</summary>
public sealed class ReindexRuns(Reindexer reindexer, LeaseTable leases, Measurements measurements)
{
    private const string Work = "run";

    /// <summary>Works on a run until it has ended. Null when another process is at one of this site, or has taken this one over.</summary>
    public async Task<Run?> TryExecuteAsync(Site site, string runId, CancellationToken cancellation)
    {
        await using var lease = await leases.TryTakeAsync(site, Work, cancellation);
        if (lease is null)
        {
            return null;
        }

        using var activity = Activities.Source.StartActivity("reindex");
        activity?.SetTag("site", site.Id);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            var progress = new Meter(site, measurements);
            var run = await reindexer.ExecuteAsync(site, runId, progress, either.Token);
            if (progress.IsMoving)
            {
                measurements.ReindexEnded(site, run.State is RunState.Succeeded, run.Ended!.Value - run.Started!.Value);
            }

            return run;
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Ends a run that has not ended, with a reason. False when it has, or somebody is at it.</summary>
    public async Task<bool> TryGiveUpAsync(Site site, string runId, string reason, CancellationToken cancellation)
    {
        await using var lease = await leases.TryTakeAsync(site, Work, cancellation);
        if (lease is null || !await reindexer.GiveUpAsync(site, runId, reason, cancellation))
        {
            return false;
        }

        measurements.ReindexEnded(site, succeeded: false, TimeSpan.Zero);
        return true;
    }

    private sealed class Meter(Site site, Measurements measurements) : IProgress<Run>
    {
        private int done;

        public bool IsMoving { get; private set; }

        public void Report(Run value)
        {
            measurements.Reindexed(site, value.Done - done);
            (done, IsMoving) = (value.Done, true);
        }
    }
}
