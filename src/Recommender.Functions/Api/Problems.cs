using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommender.Articles;

namespace Recommender.Functions.Api;

/// <summary>The one place where answers to bad requests are made: RFC 9457 problem details.</summary>
internal static class Problems
{
    /// <summary>400 that names the field.</summary>
    public static ValidationProblem Field(string field, string message) => TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>400 that names all fields that are wrong.</summary>
    public static ValidationProblem Fields(IEnumerable<FieldError> errors) => TypedResults.ValidationProblem(ByField(errors));

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>409 that names the fields in question.</summary>
    public static ProblemHttpResult Conflict(IReadOnlyList<FieldError> errors) => TypedResults.Problem(
        string.Join(' ', errors.Select(error => error.Message)),
        statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["errors"] = ByField(errors) });

    /// <summary>412, with what is there now.</summary>
    public static ProblemHttpResult Changed(string detail, object? current) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status412PreconditionFailed, extensions: current is null ? null : new Dictionary<string, object?> { ["current"] = current });

    /// <summary>422: understood, but it cannot be done.</summary>
    public static ProblemHttpResult Unprocessable(string detail) => Of(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>Where JSON is not as it should be.</summary>
    public static FieldError Json(JsonException failure)
    {
        var place = failure.LineNumber is { } line ? $" (line {line + 1}, byte {failure.BytePositionInLine + 1})" : "";
        return new FieldError(failure.Path is { Length: > 2 } path ? path[2..] : "body", $"The JSON is not as it should be here{place}.");
    }

    /// <summary>Says what was wrong with a request that could not even be read.</summary>
    public static void Describe(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Detail is null && context.Exception is BadHttpRequestException bad)
        {
            context.ProblemDetails.Detail = bad.Message;
            if (bad.InnerException is JsonException json)
            {
                context.ProblemDetails.Detail = "The body's JSON is not as it should be.";
                context.ProblemDetails.Extensions["errors"] = ByField([Json(json)]);
            }
        }
        else if (context.ProblemDetails is { Detail: null, Status: StatusCodes.Status415UnsupportedMediaType })
        {
            context.ProblemDetails.Detail = "Send application/json.";
        }
    }

    private static Dictionary<string, string[]> ByField(IEnumerable<FieldError> errors) =>
        errors.GroupBy(error => error.Field, error => error.Message).ToDictionary(field => field.Key, field => field.ToArray());

    private static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
