using Microsoft.Extensions.Diagnostics.HealthChecks;
using Recommender.Sites;

namespace Recommender.Functions.Telemetry;

/// <summary>Whether there is any site to answer for.</summary>
internal sealed class SitesHealth(SiteCatalog sites) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(sites.All.Count switch
    {
        0 => HealthCheckResult.Unhealthy("No site is configured."),
        1 => HealthCheckResult.Healthy("1 site is configured."),
        var count => HealthCheckResult.Healthy($"{count} sites are configured."),
    });
}
