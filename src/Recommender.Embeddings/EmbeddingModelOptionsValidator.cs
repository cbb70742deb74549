using Microsoft.Extensions.Options;

namespace Recommender.Embeddings;

/// <summary>Checks each setting by itself.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingModelOptionsValidator : IValidateOptions<EmbeddingModelOptions>;

/// <summary>Checks that a provider has what it needs.</summary>
internal sealed class ProviderSettingsValidator : IValidateOptions<EmbeddingModelOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingModelOptions options)
    {
        var failures = (options.Is(EmbeddingModelOptions.OpenAI) ? Endpoint(options) : options.Is(EmbeddingModelOptions.Onnx) ? Files(options) : []).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Endpoint(EmbeddingModelOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            yield return $"{EmbeddingOptions.Section}:Model is missing: which model is the endpoint to use?";
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return $"{EmbeddingOptions.Section}:Endpoint is '{options.Endpoint}', which is no absolute http or https URL.";
        }
    }

    private static IEnumerable<string> Files(EmbeddingModelOptions options)
    {
        foreach (var (setting, path) in new[] { (nameof(options.ModelPath), options.ModelPath), (nameof(options.VocabularyPath), options.VocabularyPath) })
        {
            if (!File.Exists(path))
            {
                yield return string.IsNullOrWhiteSpace(path) ? $"{EmbeddingOptions.Section}:{setting} is missing." : $"{EmbeddingOptions.Section}:{setting}: there is no file '{path}'.";
            }
        }
    }
}
