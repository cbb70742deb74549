using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using OpenAI;
using Polly;

namespace Recommender.Embeddings.OpenAI;

/// <summary>Registers the client of an endpoint that speaks OpenAI's embeddings API: OpenAI's own, Azure's, or a server of one's own.</summary>
internal static class OpenAIServices
{
    private const string Client = "embeddings";

    // What an endpoint without keys is told, for the client insists on one.
    private const string NoKey = "none";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddOpenAI(this IServiceCollection services)
    {
        services.AddHttpClient(Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => (handler.PooledConnectionLifetime, handler.AllowAutoRedirect) = (ConnectionLifetime, false))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .AddResilienceHandler(Client, Configure);
        return services.AddSingleton(Create);
    }

    // The client's own retries and time limits are off: those of the HTTP client hold.
    private static IEmbeddingGenerator<string, Embedding<float>> Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value;
        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey.Length == 0 ? NoKey : options.ApiKey), new OpenAIClientOptions
        {
            Endpoint = new Uri(options.Endpoint),
            Transport = new HttpClientPipelineTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client)),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return client.GetEmbeddingClient(options.Model).AsIEmbeddingGenerator(options.Dimensions);
    }

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<EmbeddingModelOptions>>().Value;
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = arguments => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(arguments.Outcome) && !IsFarOff(arguments.Outcome, pipeline.TimeProvider)),
            });
        }

        pipeline.AddTimeout(TimeSpan.FromSeconds(options.Timeout));
    }

    // An endpoint that says to come back in an hour is left to the next run.
    private static bool IsFarOff(Outcome<HttpResponseMessage> outcome, TimeProvider time) => outcome.Result?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta > LongestDelay,
        { Date: { } date } => date - time.GetUtcNow() > LongestDelay,
        _ => false,
    };
}
