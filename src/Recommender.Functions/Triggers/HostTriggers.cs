using System.Net;
using System.Text.Json;
using Recommender.Functions.Api;

namespace Recommender.Functions.Triggers;

/// <summary>The functions that are not called by HTTP requests, as the Functions host calls them: <c>POST /Name</c>, from this machine only.</summary>
internal static class HostTriggers
{
    private const string Data = "Data";

    /// <summary>Maps each, for hosts only.</summary>
    public static void MapHostTriggers(this IEndpointRouteBuilder endpoints)
    {
        var jobs = endpoints.ServiceProvider.GetServices<IJob>().ToDictionary(job => job.Name, StringComparer.Ordinal);
        var triggers = endpoints.MapGroup("").AddEndpointFilter(FromThisMachineAsync).ExcludeFromDescription();
        foreach (var manifest in endpoints.ServiceProvider.GetServices<FunctionManifest>().Where(manifest => manifest.Trigger != FunctionManifest.Http))
        {
            var job = jobs.GetValueOrDefault(manifest.Name) ?? throw new InvalidDataException($"The function '{manifest.Name}' has no job.");
            triggers.MapPost($"/{manifest.Name}", (HttpRequest request, JobRunner runner, CancellationToken cancellation) => RunAsync(job, request, runner, cancellation));
        }
    }

    private static async Task<IResult> RunAsync(IJob job, HttpRequest request, JobRunner runner, CancellationToken cancellation)
    {
        if (!await IsInvocationAsync(request, cancellation))
        {
            return Problems.Field("body", "An invocation is a JSON object with Data and Metadata.");
        }

        var report = await runner.RunAsync(job, cancellation);
        return report.Failures.Count > 0
            ? TypedResults.Problem(string.Join(Environment.NewLine, report.Failures), title: $"{job.Name} failed", statusCode: StatusCodes.Status500InternalServerError)
            : TypedResults.Json(new InvocationAnswer(report.Lines), InvocationJson.Default.InvocationAnswer);
    }

    private static async Task<bool> IsInvocationAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            return body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty(Data, out var data) && data.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Whatever came in from outside carries its sender's address, which the forwarded headers made the connection's.
    private static ValueTask<object?> FromThisMachineAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender)
            ? next(context)
            : ValueTask.FromResult<object?>(TypedResults.NotFound());
}
