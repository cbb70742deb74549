using System.Net;

namespace Recommender.Ingestion.Fetching;

/// <summary>What an address answered.</summary>
public sealed record FetchedContent
{
    /// <summary>Whether there is content, nothing new, or nothing any more.</summary>
    public required FetchStatus Status { get; init; }

    /// <summary>Where the answer came from, after redirects.</summary>
    public required Uri Address { get; init; }

    /// <summary>The content, unpacked; empty unless <see cref="FetchStatus.Found"/>.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Media type that the server claims, without parameters; null when none.</summary>
    public string? MediaType { get; init; }

    /// <summary>Encoding that the server claims; null when none.</summary>
    public string? Charset { get; init; }

    /// <summary>By what the next request can ask whether anything changed.</summary>
    public Validators Validators { get; init; }
}

/// <summary>The answers that are no failures.</summary>
public enum FetchStatus
{
    /// <summary>The content is there.</summary>
    Found,

    /// <summary>It is as it was (304).</summary>
    NotModified,

    /// <summary>There is nothing at the address, or nothing any more (404, 410).</summary>
    Gone,
}

/// <summary>The validators of conditional requests, as the server gave them.</summary>
/// <param name="ETag">Header ETag.</param>
/// <param name="LastModified">Header Last-Modified.</param>
public readonly record struct Validators(string? ETag, string? LastModified);

/// <summary>One answer of one host, before redirects are followed.</summary>
internal sealed record Answer(HttpStatusCode Status)
{
    public Uri? Location { get; init; }

    public ReadOnlyMemory<byte> Content { get; init; }

    public string? MediaType { get; init; }

    public string? Charset { get; init; }

    public Validators Validators { get; init; }

    public bool IsRedirect => Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
