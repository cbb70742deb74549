using System.Text.Json;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Api;

/// <summary>What the API says of running stories.</summary>
public sealed class ThreadAnswersTests : IAsyncLifetime
{
    private readonly Deployment deployment = Deployment.Start(("Recommender:Sites:gazette:Threads", "collapse"));

    public async Task InitializeAsync()
    {
        // A story stands out only among others.
        foreach (var word in "lantern violin glacier pepper saddle comet walnut orchid turbine quarry meadow copper".Split(' '))
        {
            await deployment.PublishAsync(word, $"The {word}", $"A {word}maker shows a {word}.");
        }

        await deployment.PublishFerriesAsync();
    }

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public async Task Items_and_articles_say_which_thread_they_belong_to()
    {
        var items = (await deployment.GetJsonAsync("/api/more-stories?id=strike&explain=true")).GetProperty("items").EnumerateArray().ToList();
        var article = await deployment.GetJsonAsync("/api/articles/strike", Deployment.CmsKey);
        var alone = await deployment.GetJsonAsync("/api/articles/frost", Deployment.CmsKey);

        var own = Assert.Single(items, item => item.GetProperty("reason").GetString() == "same-thread");
        Assert.Equal("farmers", own.GetProperty("id").GetString());
        Assert.NotEmpty(own.GetProperty("thread").GetProperty("name").GetString()!);
        Assert.Equal(own.GetProperty("thread").GetProperty("id").GetString(), article.GetProperty("thread").GetProperty("id").GetString());
        Assert.Equal(own.GetProperty("thread").GetProperty("name").GetString(), article.GetProperty("thread").GetProperty("name").GetString());
        Assert.Contains(own.GetProperty("explanation").GetProperty("parts").EnumerateArray(), part => part.GetProperty("name").GetString() == "thread");
        Assert.False(alone.TryGetProperty("thread", out _));
        Assert.DoesNotContain("mediator", items.Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_document_describes_threads()
    {
        var schemas = (await deployment.GetJsonAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");

        Assert.Equal(["id", "name"], schemas.GetProperty("StoryThread").GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.True(schemas.GetProperty("ItemAnswer").GetProperty("properties").TryGetProperty("thread", out _));
        Assert.Contains(schemas.EnumerateObject(), schema => schema.Name == "ArticleAnswer" && schema.Value.GetProperty("properties").TryGetProperty("thread", out JsonElement _));
    }
}
