using Recommender.Clicks;
using Recommender.Tables;

namespace Recommender.Functions.Api.Clicks;

/// <summary>Writes counted clicks now and then, and when the process ends.</summary>
internal sealed partial class ClickFlush(ClickCounter counter, TimeProvider time, ILogger<ClickFlush> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The last flush comes with the stop.
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        try
        {
            await counter.FlushAsync(cancellation);
        }
        catch (TableUnavailableException failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Clicks could not be written; they are kept in memory until the next time.")]
    private partial void LogFailed(Exception failure);
}
