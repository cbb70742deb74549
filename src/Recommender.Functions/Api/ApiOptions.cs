using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recommender.Functions.Api;

/// <summary>How the HTTP interface behaves, section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Api";

    /// <summary>Seconds for which browsers and caches may serve a list without asking, 0 to 86,400. A takedown takes this long to reach readers. Default: 10.</summary>
    [Range(0, 86_400)]
    public int MaxAgeSeconds { get; set; } = 10;

    /// <summary>Seconds after that in which a cache may serve the old list while it asks for the new one, 0 to 86,400. Default: 20.</summary>
    [Range(0, 86_400)]
    public int StaleWhileRevalidateSeconds { get; set; } = 20;

    /// <summary>Seconds for which a cache may serve the old list when this application does not answer, 0 to 2,592,000. Default: 86,400, a day.</summary>
    [Range(0, 2_592_000)]
    public int StaleIfErrorSeconds { get; set; } = 86_400;

    /// <summary>Requests a second that one address may go on sending, 0 (no limit) to 100,000. Default: 100. Behind a CDN that hides its readers' addresses, set 0.</summary>
    [Range(0, 100_000)]
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Requests that one address may send at once before that limit counts, 1 to 100,000. Default: 300.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 300;

    /// <summary>Bytes that an import may have, 1 MiB to 1 TiB. Default: 4 GiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxImportBytes { get; set; } = 4L << 30;
}

/// <summary>Checks <see cref="ApiOptions"/> when the host starts.</summary>
[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
