namespace Recommender.Functions.Widget;

/// <summary>Registers Widget.</summary>
public static class WidgetServices
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddWidget(this IServiceCollection services) => services;

    /// <summary>Maps its endpoints.</summary>
    public static void MapWidget(this IEndpointRouteBuilder endpoints)
    {
    }
}
