using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommender.Embeddings;

namespace Recommender.Tests.Embeddings;

/// <summary>The model that settings name, composed as in production, with the real clock.</summary>
public sealed class ConfiguredModel : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public ConfiguredModel(params (string Name, string Value)[] settings)
    {
        var configuration = Configuration(settings);
        services = new ServiceCollection().AddLogging().AddRecommender(configuration).AddEmbeddingModel(configuration).BuildServiceProvider();
    }

    public IEmbeddingGenerator<string, Embedding<float>>? Generator => services.GetService<IEmbeddingGenerator<string, Embedding<float>>>();

    public string? Identity => services.GetRequiredService<Embedder>().Model();

    /// <summary>What is wrong with settings.</summary>
    public static IReadOnlyList<string> Failures(params (string Name, string Value)[] settings)
    {
        var model = new ConfiguredModel(settings);
        return [.. Assert.Throws<OptionsValidationException>(() => (model.services.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value, model.services.GetRequiredService<IOptions<EmbeddingOptions>>().Value)).Failures];
    }

    /// <summary>Adds the model to a newsroom.</summary>
    public static Action<IServiceCollection> Add(params (string Name, string Value)[] settings) => services => services.AddEmbeddingModel(Configuration(settings));

    public async Task<IReadOnlyList<float[]>> EmbedAsync(params string[] texts) => [.. (await Generator!.GenerateAsync(texts)).Select(embedding => embedding.Vector.ToArray())];

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{EmbeddingOptions.Section}:{setting.Name}", (string?)setting.Value))).Build();
}
