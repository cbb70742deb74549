using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Recommender.Articles;
using Recommender.Tests.Ingestion;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Embeddings.OpenAI;

/// <summary>The real client against an endpoint on loopback that speaks OpenAI's embeddings API.</summary>
public sealed class OpenAIEmbeddingsTests : IAsyncLifetime
{
    private const string Path = "/v1/embeddings";
    private readonly ConcurrentQueue<JsonNode> asked = new();
    private readonly FakeModel vectors = new("served", 32);
    private LoopbackSite server = null!;

    public async Task InitializeAsync()
    {
        server = await LoopbackSite.StartAsync();
        server.Answer(Path, AnswerAsync);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Texts_are_sent_with_model_dimensions_and_key_and_their_vectors_come_back_in_order()
    {
        await using var model = Model(("ApiKey", "sk-secret"), ("Dimensions", "32"));

        var given = await model.EmbedAsync("ferry strike", "apple blossom");

        Assert.Equal([vectors.VectorOf("ferry strike"), vectors.VectorOf("apple blossom")], given);
        Assert.Equal(("small", 32), (asked.Single()["model"]!.GetValue<string>(), asked.Single()["dimensions"]!.GetValue<int>()));
        Assert.Equal("Bearer sk-secret", server.Headers[Path]["Authorization"]);
        Assert.Equal("openai|small|32|", model.Identity);
    }

    [Fact]
    public async Task An_endpoint_without_keys_and_dimensions_is_asked_without_them()
    {
        await using var model = Model();

        await model.EmbedAsync("ferry strike");

        Assert.Null(asked.Single()["dimensions"]);
        Assert.Equal("openai|small||", model.Identity);
    }

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests, "1")]
    [InlineData(StatusCodes.Status500InternalServerError, null)]
    public async Task An_endpoint_that_fails_in_passing_is_asked_again(int status, string? retryAfter)
    {
        FailFirst(1, status, retryAfter);
        await using var model = Model();
        var watch = Stopwatch.StartNew();

        Assert.Single(await model.EmbedAsync("ferry strike"));

        Assert.Equal(2, server.Requests.Count);
        Assert.True(retryAfter is null || watch.Elapsed >= TimeSpan.FromSeconds(0.9), "It did not wait as long as it was told to.");
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, null)]
    [InlineData(StatusCodes.Status429TooManyRequests, "3600")]
    public async Task An_endpoint_that_will_not_answer_soon_is_asked_once_and_its_reason_told(int status, string? retryAfter)
    {
        FailFirst(100, status, retryAfter);
        await using var model = Model(("ApiKey", "sk-secret"));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => model.EmbedAsync("ferry strike"));

        Assert.Single(server.Requests);
        Assert.Contains("It said no.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_too_slow_is_given_up()
    {
        server.Answer(Path, context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var model = Model(("Timeout", "0.2"), ("Retries", "0"));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<Exception>(() => model.EmbedAsync("ferry strike"));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.1, 20);
    }

    [Fact]
    public async Task Articles_are_placed_by_it_and_published_without_when_it_gives_other_vectors_or_is_gone()
    {
        await using var newsroom = await Newsroom.OpenAsync(ConfiguredModel.Add([.. Settings(), ("Retries", "0")]));
        await newsroom.ImportAsync(Enumerable.Range(1, 12).SelectMany(part => new[] { Ferry(part), Orchard(part) }));
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        Assert.Empty(run.Errors);
        Assert.Equal((24, 32), (run.Figures["embeddings.embedded"], run.Figures["embeddings.dimensions"]));

        Assert.NotNull((await PublishAsync(20)).Latent);
        vectors.Distort = vector => vector[..16];
        Assert.Null((await PublishAsync(21)).Latent);
        newsroom.Time.Advance(TimeSpan.FromMinutes(2));
        FailFirst(100, StatusCodes.Status500InternalServerError, null);
        Assert.Null((await PublishAsync(22)).Latent);
        newsroom.Time.Advance(TimeSpan.FromMinutes(2));
        await server.DisposeAsync();
        Assert.Null((await PublishAsync(23)).Latent);

        async Task<StoredArticle> PublishAsync(int part)
        {
            await newsroom.PublishAsync(Ferry(part));
            return (await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, $"ferry-{part.ToString(CultureInfo.InvariantCulture)}"))!;
        }
    }

    private ConfiguredModel Model(params (string Name, string Value)[] settings) => new([.. Settings(), .. settings]);

    private (string Name, string Value)[] Settings() => [("Provider", "openai"), ("Endpoint", server.Url("/v1")), ("Model", "small")];

    private void FailFirst(int count, int status, string? retryAfter) => server.Answer(Path, async context =>
    {
        if (server.Requests.Count > count)
        {
            await AnswerAsync(context);
            return;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsJsonAsync(new { error = new { message = "It said no.", type = "invalid_request_error" } });
    });

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        asked.Enqueue(body);
        var given = body["input"]!.AsArray().Select((text, index) => new { @object = "embedding", index, embedding = vectors.Distort(vectors.VectorOf(text!.GetValue<string>())) });
        await context.Response.WriteAsJsonAsync(new { @object = "list", data = given, model = "small", usage = new { prompt_tokens = 1, total_tokens = 1 } });
    }
}
