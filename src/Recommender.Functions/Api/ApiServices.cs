namespace Recommender.Functions.Api;

/// <summary>Registers Api.</summary>
public static class ApiServices
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>What every request passes before it is routed.</summary>
    public static void UseApi(this IApplicationBuilder app)
    {
    }

    /// <summary>Listens on loopback, at the port of the Functions host when there is one, and limits what a request may cost.</summary>
    public static void ConfigureRecommenderServer(this IWebHostBuilder server)
    {
    }

    /// <summary>Maps its endpoints.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
    }
}
