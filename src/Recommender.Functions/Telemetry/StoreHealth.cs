using Microsoft.Extensions.Diagnostics.HealthChecks;
using Recommender.Tables;

namespace Recommender.Functions.Telemetry;

/// <summary>
/// Whether the store answers a point read in time. A process that it answered before still gives the lists that it has in memory, so it is degraded, and to be kept among those that readers are sent to:
/// the others have no other store. What it says of a failure goes to the log; the endpoint is public.
/// </summary>
internal sealed partial class StoreHealth(ITableStore store, TimeProvider time, ILogger<StoreHealth> logger) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ITable table = store.Table(TableNames.Runs);
    private volatile bool hasAnswered;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await table.GetAsync("health", "health", cancellationToken).WaitAsync(Patience, time, cancellationToken);
            hasAnswered = true;
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (Exception failure) when (failure is TableUnavailableException or TimeoutException)
        {
            LogSilent(failure, store.Description);
            return hasAnswered
                ? HealthCheckResult.Degraded("The store does not answer; pages that were read before are still answered.")
                : HealthCheckResult.Unhealthy("The store does not answer.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store {Store} does not answer")]
    private partial void LogSilent(Exception failure, string store);
}
