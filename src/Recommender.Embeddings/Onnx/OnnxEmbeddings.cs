using System.Globalization;
using System.IO.Hashing;
using Microsoft.Extensions.AI;

namespace Recommender.Embeddings.Onnx;

/// <summary>Embeds texts by a model in a file, in this process. The file is read when first needed.</summary>
internal sealed class OnnxEmbeddings(EmbeddingModelOptions options) : IEmbeddingGenerator<string, Embedding<float>>
{
    // Texts that are computed together; between two it can be stopped.
    private const int Together = 16;

    private readonly Lazy<OnnxModel> model = new(() => new OnnxModel(options));
    private readonly Lazy<EmbeddingGeneratorMetadata> metadata = new(() => new EmbeddingGeneratorMetadata(EmbeddingModelOptions.Onnx, defaultModelId: Identity(options)));

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var texts in values.Chunk(Together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.AddRange(model.Value.Embed(texts).Select(vector => new Embedding<float>(vector)));
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata.Value
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (model.IsValueCreated)
        {
            model.Value.Dispose();
        }
    }

    // Two files of one name are two models, and so is one file read in two ways.
    private static string Identity(EmbeddingModelOptions options)
    {
        var hash = new XxHash128();
        foreach (var path in (string[])[options.ModelPath, options.VocabularyPath])
        {
            using var file = File.OpenRead(path);
            hash.Append(file);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(options.ModelPath)}:{Convert.ToHexStringLower(hash.GetCurrentHash())}:{options.Pooling.ToLowerInvariant()}:{options.MaxTokens}:{(options.LowerCase ? "uncased" : "cased")}");
    }
}
