using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommender.Ingestion.Fetching;

namespace Recommender.Ingestion;

/// <summary>Registers what brings articles in from feeds, pages and files.</summary>
public static class IngestionServices
{
    /// <summary>Adds <see cref="SourceReader"/>, <see cref="FeedPoller"/> and <see cref="PagePublisher"/>, configured by the section <c>Ingestion</c>. The engine must be added too.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestionOptions>().Bind(configuration.GetSection(IngestionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestionOptions>, IngestionOptionsValidator>();
        services.AddFetching();
        services.AddSingleton<FeedTable>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<FeedPoller>();
        services.AddSingleton<PagePublisher>();
        return services;
    }
}
