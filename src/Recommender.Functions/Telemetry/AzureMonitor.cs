using System.Data.Common;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;

namespace Recommender.Functions.Telemetry;

/// <summary>Sends telemetry to Application Insights, by the settings that Azure Functions has for it.</summary>
public static class AzureMonitor
{
    /// <summary>The setting that says where to: the component's connection string, which holds no secret where keys are off.</summary>
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The setting that says as whom: <c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity. Without it, by the key in the connection string.</summary>
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Whether it is to be used.</summary>
    internal static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[ConnectionString]);

    /// <summary>Adds the exporter of metrics, traces and logs.</summary>
    internal static void UseAzureMonitor(this IOpenTelemetryBuilder telemetry, IConfiguration configuration) => telemetry.UseAzureMonitorExporter(options =>
    {
        options.ConnectionString = configuration[ConnectionString];
        if (configuration[Authentication] is { Length: > 0 } authentication)
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = authentication };
            options.Credential = new ManagedIdentityCredential(
                parts.TryGetValue("ClientId", out var id) ? ManagedIdentityId.FromUserAssignedClientId((string)id) : ManagedIdentityId.SystemAssigned);
        }
    });
}
