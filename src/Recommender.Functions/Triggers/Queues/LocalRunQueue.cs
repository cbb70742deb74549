using System.Threading.Channels;
using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>Orders that this process works on itself, in the background. Those it leaves when it ends are completed by the next sweep.</summary>
public sealed partial class LocalRunQueue(ReindexRuns runs, TimeProvider time, ILogger<LocalRunQueue> logger) : BackgroundService, IRunQueue
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    private readonly Channel<(Site Site, string Run)> asked = Channel.CreateUnbounded<(Site, string)>();

    /// <inheritdoc/>
    public Task AddAsync(Site site, string runId, CancellationToken cancellation)
    {
        asked.Writer.TryWrite((site, runId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var working = new Dictionary<(string, string), Task>();
        try
        {
            await foreach (var (site, run) in asked.Reader.ReadAllAsync(stoppingToken))
            {
                foreach (var done in working.Where(work => work.Value.IsCompleted).Select(work => work.Key).ToList())
                {
                    working.Remove(done);
                }

                if (!working.ContainsKey((site.Id, run)))
                {
                    working[(site.Id, run)] = WorkAsync(site, run, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(working.Values);
        }
    }

    private async Task WorkAsync(Site site, string runId, CancellationToken stopping)
    {
        // Off the queue's own thread: a store that answers at once would keep it.
        await Task.Yield();
        try
        {
            while (!await TryEndAsync(site, runId, stopping))
            {
                await Task.Delay(RetryInterval, time, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends; the next sweep takes it from here.
        }
        catch (Exception failure)
        {
            LogFailed(failure, site.Id, runId);
        }
    }

    // False: another process is at it, or the store does not answer.
    private async Task<bool> TryEndAsync(Site site, string runId, CancellationToken stopping)
    {
        try
        {
            var run = await runs.ExecuteAsync(site, runId, stopping);
            if (run is { Ended: null, State: not RunState.Paused })
            {
                return false;
            }

            LogEnded(site.Id, runId, run.State);
            return true;
        }
        catch (TableUnavailableException failure)
        {
            LogUnavailable(failure, site.Id, runId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reindex {Site}: run {Run}: {State}")]
    private partial void LogEnded(string site, string run, RunState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reindex {Site}: the store does not answer, run {Run} is tried again")]
    private partial void LogUnavailable(Exception failure, string site, string run);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reindex {Site}: run {Run} cannot be worked on")]
    private partial void LogFailed(Exception failure, string site, string run);
}
