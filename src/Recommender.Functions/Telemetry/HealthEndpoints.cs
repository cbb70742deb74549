using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Recommender.Functions.Telemetry;

/// <summary>Tells platforms whether to keep this process, and whether to send it readers.</summary>
internal static class HealthEndpoints
{
    /// <summary>Where they are.</summary>
    public const string Path = "/api/health";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup(Path).WithTags("Health");
        health.MapMethods("/live", Reading, Live).WithName("Live").WithSummary("Whether the process runs").Produces<HealthAnswer>();
        health.MapMethods("/ready", Reading, ReadyAsync).WithName("Ready").WithSummary("Whether the store answers and sites are configured")
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthAnswer> Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new HealthAnswer(HealthAnswer.Healthy));
    }

    private static async Task<IResult> ReadyAsync(HttpResponse response, HealthCheckService health, CancellationToken cancellation)
    {
        response.Headers.CacheControl = "no-store";
        var report = await health.CheckHealthAsync(cancellation);
        var answer = new HealthAnswer(Word(report.Status), [.. report.Entries.Select(entry => new HealthDetail(entry.Key, Word(entry.Value.Status), entry.Value.Description))]);
        return TypedResults.Json(answer, HealthJson.Default.HealthAnswer, statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthAnswer.Healthy,
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
