using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Triggers;

/// <summary>Works on runs, whoever asked for them, and measures that.</summary>
public sealed class ReindexRuns(Reindexer reindexer, Measurements measurements)
{
    /// <summary>Works on a run until it has ended or was asked to stop, and returns it. Not ended and not stopped, it is another process's.</summary>
    public async Task<Run> ExecuteAsync(Site site, string runId, CancellationToken cancellation)
    {
        using var activity = Activities.Source.StartActivity("reindex");
        activity?.SetTag("site", site.Id);
        var progress = new Meter(site, measurements);
        var run = await reindexer.ExecuteAsync(site, runId, progress, cancellation);
        if (progress.IsMoving && run.Ended is { } ended)
        {
            measurements.ReindexEnded(site, run.State is RunState.Succeeded, ended - run.Started!.Value);
        }

        return run;
    }

    /// <summary>Ends a run that has not ended, with a reason. False when it has, or somebody is at it.</summary>
    public async Task<bool> TryGiveUpAsync(Site site, string runId, string reason, CancellationToken cancellation)
    {
        if (!await reindexer.GiveUpAsync(site, runId, reason, cancellation))
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
            measurements.Reindexed(site, Math.Max(0, value.Done - done));
            (done, IsMoving) = (value.Done, true);
        }
    }
}
