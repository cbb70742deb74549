namespace Recommender.Functions.Triggers;

/// <summary>Registers Triggers.</summary>
public static class TriggersServices
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddTriggers(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>Maps its endpoints.</summary>
    public static void MapTriggers(this IEndpointRouteBuilder endpoints)
    {
    }
}
