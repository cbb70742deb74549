using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Telemetry;

namespace Recommender.Functions.Triggers;

/// <summary>Runs jobs for every site, each under a lease, so that no two processes do the same at a time. One site's failure is not another's.</summary>
public sealed partial class JobRunner(SiteCatalog sites, LeaseTable leases, Measurements measurements, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>Runs a job for every site.</summary>
    /// <exception cref="OperationCanceledException">It was stopped on the way.</exception>
    public async Task<JobReport> RunAsync(IJob job, CancellationToken cancellation)
    {
        using var activity = Activities.Source.StartActivity(job.Name);
        var (lines, failures) = (new List<string>(), new List<string>());
        foreach (var site in sites.All)
        {
            var started = time.GetTimestamp();
            var outcome = "failed";
            try
            {
                outcome = await RunAsync(job, site, Say, cancellation) ? "succeeded" : "skipped";
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                outcome = "stopped";
                throw;
            }
            catch (Exception failure)
            {
                LogFailed(failure, job.Name, site.Id);
                lines.Add($"{site.Id}: failed: {failure.Message}");
                failures.Add(lines[^1]);
            }
            finally
            {
                measurements.JobEnded(job.Name, site, outcome, time.GetElapsedTime(started));
            }

            void Say(string line)
            {
                LogSaid(job.Name, site.Id, line);
                lines.Add($"{site.Id}: {line}");
            }
        }

        return new JobReport(lines, failures);
    }

    private async Task<bool> RunAsync(IJob job, Site site, Action<string> say, CancellationToken cancellation)
    {
        await using var lease = await leases.TryTakeAsync(site, job.Name, cancellation);
        if (lease is null)
        {
            say("another process is at it.");
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            await job.RunAsync(site, say, either.Token);
            return true;
        }
        catch (OperationCanceledException stopped) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException("its lease could not be renewed, so another process may have taken over.", stopped);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} {Site}: {Line}")]
    private partial void LogSaid(string job, string site, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} {Site} failed")]
    private partial void LogFailed(Exception failure, string job, string site);
}
