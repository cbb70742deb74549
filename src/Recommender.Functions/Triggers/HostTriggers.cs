using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommender.Functions.Api;
using Recommender.Functions.Triggers.Queues;

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
            if (manifest.Trigger == FunctionManifest.QueueTrigger)
            {
                triggers.MapPost($"/{manifest.Name}", (HttpRequest request, QueuedRuns queued, CancellationToken cancellation) => TakeAsync(manifest.Name, request, queued, cancellation));
                continue;
            }

            var job = jobs.GetValueOrDefault(manifest.Name) ?? throw new InvalidDataException($"The function '{manifest.Name}' has no job.");
            triggers.MapPost($"/{manifest.Name}", (HttpRequest request, JobRunner runner, CancellationToken cancellation) => RunAsync(job, request, runner, cancellation));
        }
    }

    private static async Task<IResult> RunAsync(IJob job, HttpRequest request, JobRunner runner, CancellationToken cancellation)
    {
        if (await DataAsync(request, cancellation) is null)
        {
            return NoInvocation();
        }

        var report = await runner.RunAsync(job, cancellation);
        return report.Failures.Count > 0
            ? TypedResults.Problem(string.Join(Environment.NewLine, report.Failures), title: $"{job.Name} failed", statusCode: StatusCodes.Status500InternalServerError)
            : TypedResults.Json(new InvocationAnswer(report.Lines), InvocationJson.Default.InvocationAnswer);
    }

    private static async Task<IResult> TakeAsync(string function, HttpRequest request, QueuedRuns queued, CancellationToken cancellation)
    {
        if (await DataAsync(request, cancellation) is not { } data || data.EnumerateObject().FirstOrDefault().Value is not { ValueKind: JsonValueKind.String or JsonValueKind.Object } message)
        {
            return NoInvocation();
        }

        try
        {
            return TypedResults.Json(new InvocationAnswer([await queued.TakeAsync(function, Text(message), cancellation)]), InvocationJson.Default.InvocationAnswer);
        }
        catch (Exception failure) when (failure is InvalidDataException or InvalidOperationException)
        {
            return TypedResults.Problem(failure.Message, title: $"{function} failed", statusCode: StatusCodes.Status500InternalServerError);
        }
    }

    // The host writes a text as JSON once more, so that JSON in a message comes as a string within a string; a message that is JSON, some hosts give as it is.
    private static string Text(JsonElement message)
    {
        var text = message.ValueKind is JsonValueKind.String ? message.GetString()! : message.GetRawText();
        try
        {
            return text.StartsWith('"') ? JsonSerializer.Deserialize(text, InvocationJson.Default.String) ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static ValidationProblem NoInvocation() => Problems.Field("body", "An invocation is a JSON object with Data and Metadata.");

    private static async Task<JsonElement?> DataAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            return body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty(Data, out var data) && data.ValueKind is JsonValueKind.Object ? data.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Whatever came in from outside carries its sender's address, which the forwarded headers made the connection's.
    private static ValueTask<object?> FromThisMachineAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender)
            ? next(context)
            : ValueTask.FromResult<object?>(TypedResults.NotFound());
}
