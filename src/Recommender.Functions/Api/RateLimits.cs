using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Api;

/// <summary>Keeps one address from taking the whole application: so many requests a second, with room for a burst.</summary>
internal sealed class RateLimits(IOptions<ApiOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    /// <summary>Name of the stricter limit for clicks: nobody follows more stories than this.</summary>
    public const string Clicks = "clicks";

    private const int ClicksPerSecond = 2;
    private const int ClickBurst = 30;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = RejectAsync;
        limiter.AddPolicy(Clicks, context => options.Value.RequestsPerSecond == 0 || context.Connection.RemoteIpAddress is not { } address
            ? RateLimitPartition.GetNoLimiter("")
            : Bucket(address.ToString(), ClickBurst, ClicksPerSecond));
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
    }

    private RateLimitPartition<string> Partition(HttpContext context)
    {
        var settings = options.Value;
        if (settings.RequestsPerSecond == 0 || context.Connection.RemoteIpAddress is not { } address || context.Request.Path.StartsWithSegments("/api/health"))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return Bucket(address.ToString(), settings.Burst, settings.RequestsPerSecond);
    }

    private static RateLimitPartition<string> Bucket(string address, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Period,
    });

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellation)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var response = context.HttpContext.Response;
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var problems = context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>();
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context.HttpContext,
            ProblemDetails = { Status = StatusCodes.Status429TooManyRequests, Detail = "Too many requests from this address; see Retry-After." },
        });
    }
}
