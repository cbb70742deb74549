namespace Recommender.Functions.Demo;

/// <summary>Registers Demo.</summary>
public static class DemoServices
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) => services;

    /// <summary>Maps its endpoints.</summary>
    public static void MapDemo(this IEndpointRouteBuilder endpoints)
    {
    }
}
