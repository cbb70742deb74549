using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Recommender.Functions.Api;

/// <summary>
/// Bytes that browsers and caches may keep: a strong ETag from the content and its encoding, 304 for who has them already, and how long they stay fresh. HEAD gets the headers.
/// </summary>
internal sealed class CachedContent(ReadOnlyMemory<byte> content, string contentType, string cacheControl) : IResult
{
    private static readonly CompositeFormat PublicFormat = CompositeFormat.Parse("public, max-age={0}, stale-while-revalidate={1}, stale-if-error={2}");

    /// <summary>Asks caches to check each time.</summary>
    public const string Revalidate = "no-cache";

    /// <summary>How a list may be kept. An empty one is kept shortly only, since a story may come any moment.</summary>
    public static string Fresh(ApiOptions options, bool isEmpty) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        PublicFormat,
        isEmpty ? Math.Min(options.MaxAgeSeconds, 5) : options.MaxAgeSeconds,
        isEmpty ? 0 : options.StaleWhileRevalidateSeconds,
        options.StaleIfErrorSeconds);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var etag = $"\"{Convert.ToHexStringLower(XxHash128.Hash(content.Span))}{EncodingOf(httpContext, contentType)}\"";
        response.Headers.ETag = etag;
        response.Headers.CacheControl = cacheControl;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Has(httpContext.Request.Headers.IfNoneMatch, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    private static bool Has(StringValues sent, string etag) =>
        EntityTagHeaderValue.TryParseList(sent, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag == etag);

    // Compressed bytes are other bytes, and a strong ETag must tell them apart.
    private static string EncodingOf(HttpContext context, string contentType)
    {
        var compression = context.RequestServices.GetService<IResponseCompressionProvider>();
        var types = context.RequestServices.GetRequiredService<IOptions<ResponseCompressionOptions>>().Value.MimeTypes;
        return compression is not null && compression.CheckRequestAcceptsCompression(context) && types.Contains(contentType.Split(';')[0])
            && compression.GetCompressionProvider(context) is { } provider ? "-" + provider.EncodingName : "";
    }
}
