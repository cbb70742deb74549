namespace Recommender.Functions.Telemetry;

/// <summary>Registers Telemetry.</summary>
public static class TelemetryServices
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>Maps its endpoints.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints)
    {
    }
}
