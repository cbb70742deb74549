using Microsoft.Extensions.Diagnostics.HealthChecks;
using Recommender.Tables;

namespace Recommender.Functions.Telemetry;

/// <summary>Whether the store answers a point read in time. What it says of a failure goes to the log; the endpoint is public.</summary>
internal sealed partial class StoreHealth(ITableStore store, TimeProvider time, ILogger<StoreHealth> logger) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ITable table = store.Table(TableNames.Runs);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await table.GetAsync("health", "health", cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (Exception failure) when (failure is TableUnavailableException or TimeoutException)
        {
            LogSilent(failure, store.Description);
            return HealthCheckResult.Unhealthy("The store does not answer.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store {Store} does not answer")]
    private partial void LogSilent(Exception failure, string store);
}
