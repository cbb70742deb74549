using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommender.Embeddings.Onnx;
using Recommender.Embeddings.OpenAI;

namespace Recommender.Embeddings;

/// <summary>Registers the model that the configuration names.</summary>
public static class EmbeddingModelServices
{
    /// <summary>
    /// Adds the <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> that <see cref="EmbeddingModelOptions.Provider"/> in the section <c>Recommender:Embeddings</c> names; with <c>none</c>, nothing
    /// but the section's validation. The engine must be added too.
    /// </summary>
    public static IServiceCollection AddEmbeddingModel(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(EmbeddingOptions.Section);
        services.AddOptions<EmbeddingModelOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddingModelOptions>, EmbeddingModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<EmbeddingModelOptions>, ProviderSettingsValidator>();

        // What is neither is named by the validation when the host starts.
        var provider = new EmbeddingModelOptions { Provider = section[nameof(EmbeddingModelOptions.Provider)] ?? EmbeddingModelOptions.None };
        return provider.Is(EmbeddingModelOptions.OpenAI) ? services.AddOpenAI()
            : provider.Is(EmbeddingModelOptions.Onnx) ? services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(Onnx)
            : services;
    }

    private static OnnxEmbeddings Onnx(IServiceProvider provider) => new(provider.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value);
}
