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
    public static ValidationProblem Fields(IEnumerable<FieldError> errors) => TypedResults.ValidationProblem(
        errors.GroupBy(error => error.Field, error => error.Message).ToDictionary(field => field.Key, field => field.ToArray()));

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>409 that names the fields in question.</summary>
    public static ProblemHttpResult Conflict(IEnumerable<FieldError> errors) => Of(StatusCodes.Status409Conflict, string.Join(' ', errors.Select(error => error.Message)));

    /// <summary>412, with what is there now.</summary>
    public static ProblemHttpResult Changed(string detail, object? current) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status412PreconditionFailed, extensions: current is null ? null : new Dictionary<string, object?> { ["current"] = current });

    /// <summary>415.</summary>
    public static ProblemHttpResult Unsupported(string detail) => Of(StatusCodes.Status415UnsupportedMediaType, detail);

    /// <summary>422: understood, but it cannot be done.</summary>
    public static ProblemHttpResult Unprocessable(string detail) => Of(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>Says what was wrong with a request that could not even be read.</summary>
    public static void Describe(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Detail is null && context.Exception is BadHttpRequestException bad)
        {
            context.ProblemDetails.Detail = bad.InnerException is JsonException json
                ? $"The JSON is not as it should be{(json.Path is { Length: > 2 } path ? $" at '{path[2..]}'" : "")} (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})."
                : bad.Message;
        }
    }

    private static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
