using System.Globalization;
using Cronos;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Triggers;

/// <summary>
/// Runs timers where no Functions host does, at the schedules of their manifests. One that was missed because the machine slept, or the run before took so long, runs once and not as often as it was missed.
/// </summary>
public sealed partial class Scheduler(
    IEnumerable<FunctionManifest> manifests,
    IEnumerable<IJob> jobs,
    JobRunner runner,
    IOptions<TriggersOptions> options,
    IOptions<HostOptions> host,
    TimeProvider time,
    ILogger<Scheduler> logger) : BackgroundService
{
    // A wait does not go on while a machine sleeps, so the clock is looked at now and then.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeToLetGo = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource abandoned = new();
    private List<(IJob Job, CronExpression Schedule)> timers = [];
    private DateTimeOffset started;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A timer's schedule cannot be read, or there is no job of its name.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        started = time.GetUtcNow();
        timers = options.Value.Enabled ? [.. manifests.Where(manifest => manifest.Trigger == FunctionManifest.Timer).Select(Timer)] : [];
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Starts nothing more; a job that is running may complete within most of the time that the host has to stop, and is then cancelled.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var grace = host.Value.ShutdownTimeout - TimeToLetGo;
        await using var timer = time.CreateTimer(_ => abandoned.Cancel(), null, grace > TimeSpan.Zero ? grace : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        abandoned.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(timers.Select(timer => RunAsync(timer.Job, timer.Schedule, stoppingToken)));

    private (IJob Job, CronExpression Schedule) Timer(FunctionManifest manifest)
    {
        var job = jobs.FirstOrDefault(job => job.Name == manifest.Name) ?? throw new InvalidDataException($"The timer '{manifest.Name}' has no job.");
        return CronExpression.TryParse(manifest.Schedule ?? "", CronFormat.IncludeSeconds, out var schedule)
            ? (job, schedule)
            : throw new InvalidDataException($"The timer '{manifest.Name}' has the schedule '{manifest.Schedule}', which is no NCRONTAB expression of six fields.");
    }

    private async Task RunAsync(IJob job, CronExpression schedule, CancellationToken stopping)
    {
        try
        {
            var last = started;
            while (schedule.GetNextOccurrence(last, TimeZoneInfo.Utc) is { } next)
            {
                LogNext(job.Name, next.ToString("u", CultureInfo.InvariantCulture));
                await WaitAsync(next, stopping);
                var now = time.GetUtcNow();
                if (now - next > Late)
                {
                    LogLate(job.Name, now - next);
                }

                // From when it began: what came due while it ran is made up for, once. A clock that was put back repeats nothing.
                last = now > next ? now : next;
                await RunAsync(job);
                stopping.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task WaitAsync(DateTimeOffset next, CancellationToken stopping)
    {
        for (var wait = next - time.GetUtcNow(); wait > TimeSpan.Zero; wait = next - time.GetUtcNow())
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
        }
    }

    private async Task RunAsync(IJob job)
    {
        try
        {
            await runner.RunAsync(job, abandoned.Token);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(job.Name);
        }
        catch (Exception failure)
        {
            LogFailed(failure, job.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} runs next at {Next}")]
    private partial void LogNext(string job, string next);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} runs {Delay} late")]
    private partial void LogLate(string job, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} was stopped on the way, since the process ends")]
    private partial void LogAbandoned(string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed")]
    private partial void LogFailed(Exception failure, string job);
}
