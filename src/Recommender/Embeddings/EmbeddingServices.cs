using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommender.Changes;
using Recommender.Telemetry;

namespace Recommender.Embeddings;

/// <summary>Registers what places articles by embeddings, if a host registers an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>.</summary>
internal static class EmbeddingServices
{
    public static IServiceCollection AddEmbedding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmbeddingOptions>().Bind(configuration.GetSection(EmbeddingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>();
        services.AddSingleton(provider => new Embedder(
            new Lazy<IEmbeddingGenerator<string, Embedding<float>>?>(provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>),
            provider.GetRequiredService<IOptions<EmbeddingOptions>>(),
            provider.GetRequiredService<Measurements>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Embedder>>()));
        services.AddSingleton<SiteEmbeddings>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<SiteEmbeddings>());
        return services;
    }
}
