using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace Recommender.Ingestion.Fetching;

/// <summary>Registers the HTTP client of <see cref="WebFetcher"/>.</summary>
internal static class FetchingServices
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services.AddSingleton<HostTurns>();
        services.AddSingleton<GuardedConnection>();
        services.AddSingleton<WebFetcher>();
        services.AddHttpClient(HostConversation.Client, (provider, client) =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent(provider.GetRequiredService<IOptions<IngestionOptions>>().Value));
            })
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .RemoveAllLoggers()
            .AddResilienceHandler("politely", Configure)
            .SelectPipelineByAuthority();
        return services;
    }

    private static string UserAgent(IngestionOptions options)
    {
        var version = typeof(FetchingServices).Assembly.GetName().Version?.ToString(2);
        return options.Contact.Length == 0 ? $"{options.Product}/{version}" : $"{options.Product}/{version} (+{options.Contact})";
    }

    // Redirects, cookies, proxies and compression are off: each would go around a check.
    private static SocketsHttpHandler Handler(IServiceProvider provider) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = provider.GetRequiredService<GuardedConnection>().ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<IngestionOptions>>().Value.ConnectTimeout),
        PooledConnectionLifetime = ConnectionLifetime,
    };

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<IngestionOptions>>().Value;
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromSeconds(options.RetryDelay),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthAnotherAttempt(arguments.Outcome)),
            });
        }

        pipeline
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                MinimumThroughput = 10,
                FailureRatio = 0.8,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = TimeSpan.FromMinutes(1),
                ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
            })
            .AddTimeout(TimeSpan.FromSeconds(options.AttemptTimeout));
    }

    // A host that says when to come back, or that it is asked too often, is not asked again now.
    private static bool IsWorthAnotherAttempt(Outcome<HttpResponseMessage> outcome) =>
        IsFailure(outcome) && outcome.Result is not { StatusCode: HttpStatusCode.TooManyRequests } and not { Headers.RetryAfter: not null };

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException { InnerException: PrivateAddressException } } => false,
        { Exception: { } failure } => failure is HttpRequestException or TimeoutRejectedException,
        { Result: { } response } => HttpClientResiliencePredicates.IsTransient(outcome),
        _ => false,
    };
}
