using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Recommender.Functions.Api.Kept;

namespace Recommender.Functions.Api;

/// <summary>
/// Bytes that browsers and caches may keep: a strong ETag from the content and its encoding, 304 for who has them already, and how long they stay fresh. HEAD gets the headers.
/// </summary>
internal sealed class CachedContent(ReadOnlyMemory<byte> content, string contentType, string cacheControl) : IResult
{
    private static readonly CompositeFormat PublicFormat = CompositeFormat.Parse("public, max-age={0}, stale-while-revalidate={1}, stale-if-error={2}");

    /// <summary>Asks caches to check each time.</summary>
    public const string Revalidate = "no-cache";

    /// <summary>What the content was made of, where it may be given again to the same request; null where it may not.</summary>
    public AnswerOrigin? Origin { get; init; }

    /// <summary>How a list may be kept. An empty one is kept shortly only, since a story may come any moment.</summary>
    public static string Fresh(ApiOptions options, bool isEmpty) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        PublicFormat,
        isEmpty ? Math.Min(options.MaxAgeSeconds, 5) : options.MaxAgeSeconds,
        isEmpty ? 0 : options.StaleWhileRevalidateSeconds,
        options.StaleIfErrorSeconds);

    /// <summary>Whether a client that sent these tags has what <paramref name="etag"/> stands for.</summary>
    public static bool Has(StringValues sent, string etag) =>
        sent.Count > 0 && EntityTagHeaderValue.TryParseList(sent, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag == etag);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var provider = ProviderOf(httpContext);
        var encoding = provider?.EncodingName ?? "";

        // Compressed bytes are other bytes, and a strong ETag must tell them apart.
        var etag = $"\"{Convert.ToHexStringLower(XxHash128.Hash(content.Span))}{(provider is null ? "" : "-" + encoding)}\"";
        response.Headers.ETag = etag;
        response.Headers.CacheControl = cacheControl;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        var slot = Origin is null ? null : httpContext.Features.Get<AnswerSlot>();
        var isKnown = Has(httpContext.Request.Headers.IfNoneMatch, etag);
        if (isKnown)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
        }

        if (isKnown && slot is null)
        {
            return;
        }

        var body = provider is null ? content : Compress(provider);
        if (slot is not null)
        {
            (slot.Origin, slot.ETag, slot.ContentType, slot.ContentEncoding, slot.Body) = (Origin, etag, contentType, encoding, body);
        }

        if (isKnown)
        {
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (provider is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private ICompressionProvider? ProviderOf(HttpContext context)
    {
        var compression = context.RequestServices.GetService<IResponseCompressionProvider>();
        var types = context.RequestServices.GetRequiredService<IOptions<ResponseCompressionOptions>>().Value.MimeTypes;
        return compression is not null && compression.CheckRequestAcceptsCompression(context) && types.Contains(contentType.Split(';')[0]) ? compression.GetCompressionProvider(context) : null;
    }

    // Here and not on the way out, so that the length is known, and the bytes can be given again.
    private ReadOnlyMemory<byte> Compress(ICompressionProvider provider)
    {
        using var compressed = new MemoryStream();
        using (var stream = provider.CreateStream(compressed))
        {
            stream.Write(content.Span);
        }

        return compressed.ToArray();
    }
}
