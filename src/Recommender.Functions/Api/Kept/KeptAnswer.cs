using Microsoft.Extensions.Primitives;

namespace Recommender.Functions.Api.Kept;

/// <summary>An answer as it goes over the wire: bytes in their encoding, and every header that a whole pipeline gave it.</summary>
internal sealed class KeptAnswer
{
    // An object, its headers and its place in the dictionary, beside the bytes.
    private const int Overhead = 1024;

    /// <summary>What it was made of.</summary>
    public required AnswerOrigin Origin { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>When it is to be made anew.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The endpoint that made it, by which requests are told apart in metrics and traces.</summary>
    public required Endpoint? Endpoint { get; init; }

    /// <summary>Strong tag of <see cref="Body"/>.</summary>
    public required string ETag { get; init; }

    /// <summary>Headers of every answer, 304 too.</summary>
    public required KeyValuePair<string, StringValues>[] Headers { get; init; }

    /// <summary>Type of the content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Encoding of <see cref="Body"/>; empty for none.</summary>
    public required string ContentEncoding { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>About how much memory it takes.</summary>
    public int Size => Body.Length + Overhead;

    /// <summary>Gives it, or 304 to who has it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (CachedContent.Has(context.Request.Headers.IfNoneMatch, ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (ContentEncoding.Length > 0)
        {
            response.Headers.ContentEncoding = ContentEncoding;
        }

        return response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }
}
