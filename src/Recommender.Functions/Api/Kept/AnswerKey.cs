using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Recommender.Functions.Api.Kept;

/// <summary>All of a request that makes a difference to a list: nothing else of it may, for lists know no readers.</summary>
/// <param name="Target">Path and query as they were sent.</param>
/// <param name="Encodings">What the client can unpack.</param>
/// <param name="Origin">The origin whose script asks.</param>
internal readonly record struct AnswerKey(string Target, string Encodings, string Origin)
{
    // Longer ones are rare, and would let a few clients take much memory.
    private const int Longest = 2048;

    /// <summary>The key of a request; false for one whose answer is never kept.</summary>
    public static bool TryOf(HttpContext context, out AnswerKey key)
    {
        key = default;
        if (!HttpMethods.IsGet(context.Request.Method) || context.Features.Get<IHttpRequestFeature>()?.RawTarget is not { Length: > 0 } target)
        {
            return false;
        }

        var headers = context.Request.Headers;
        key = new AnswerKey(target, Text(headers.AcceptEncoding), Text(headers.Origin));
        return target.Length + key.Encodings.Length + key.Origin.Length <= Longest;
    }

    private static string Text(StringValues header) => header.Count == 0 ? "" : header.ToString();
}
