using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests;

public sealed class EmbeddingSettingsTests
{
    [Fact]
    public async Task An_embedding_model_that_cannot_be_used_keeps_the_application_from_starting()
    {
        Assert.Equal(
            ["Recommender:Embeddings:Model is missing: which model is the endpoint to use?"],
            await Deployment.FailToStartAsync(("Recommender:Embeddings:Provider", "openai")));
        Assert.Contains(
            "Recommender:Embeddings:Provider is none, openai or onnx.",
            Assert.Single(await Deployment.FailToStartAsync(("Recommender:Embeddings:Provider", "cohere"))),
            StringComparison.Ordinal);
    }
}
