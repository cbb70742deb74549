namespace Recommender.Tests.Embeddings;

public sealed class EmbeddingSettingsTests
{
    [Fact]
    public async Task Without_a_provider_there_is_no_model()
    {
        await using var model = new ConfiguredModel();
        await using var off = new ConfiguredModel(("Provider", "none"), ("Model", "text-embedding-3-small"));

        Assert.Null(model.Generator);
        Assert.Null(model.Identity);
        Assert.Null(off.Generator);
    }

    [Theory]
    [InlineData("Provider", "openia", "Recommender:Embeddings:Provider is none, openai or onnx.")]
    [InlineData("Pooling", "max", "Recommender:Embeddings:Pooling is mean or cls.")]
    [InlineData("Dimensions", "1", "EmbeddingModelOptions.Dimensions must be between 2 and 65536")]
    [InlineData("Timeout", "0", "EmbeddingModelOptions.Timeout must be between 0.1 and 600")]
    [InlineData("BatchSize", "0", "EmbeddingOptions.BatchSize must be between 1 and 2048")]
    [InlineData("PublishTimeout", "-1", "EmbeddingOptions.PublishTimeout must be between 0 and 60")]
    [InlineData("MaxCharacters", "5", "EmbeddingOptions.MaxCharacters must be between 100 and 32000")]
    public void A_wrong_setting_is_named(string name, string value, string message) => Assert.Contains(message, Assert.Single(ConfiguredModel.Failures((name, value))), StringComparison.Ordinal);

    [Fact]
    public void A_provider_without_what_it_needs_is_named()
    {
        Assert.Equal(
            ["Recommender:Embeddings:Model is missing: which model is the endpoint to use?", "Recommender:Embeddings:Endpoint is 'localhost', which is no absolute http or https URL."],
            ConfiguredModel.Failures(("Provider", "OpenAI"), ("Endpoint", "localhost")));
        Assert.Equal(
            ["Recommender:Embeddings:ModelPath: there is no file '/no/model.onnx'.", "Recommender:Embeddings:VocabularyPath is missing."],
            ConfiguredModel.Failures(("Provider", "onnx"), ("ModelPath", "/no/model.onnx")));
    }
}
