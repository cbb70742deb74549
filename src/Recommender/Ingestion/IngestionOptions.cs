using System.ComponentModel.DataAnnotations;

namespace Recommender.Ingestion;

/// <summary>How articles are fetched, section <c>Ingestion</c>.</summary>
public sealed class IngestionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Ingestion";

    /// <summary>Product that requests and robots.txt know this reader by: letters, digits, hyphens and underscores, at most 40. Default: MoreStories.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,40}$", ErrorMessage = "Ingestion:Product has 1 to 40 letters, digits, hyphens and underscores.")]
    public string Product { get; set; } = "MoreStories";

    /// <summary>Where a site's operator learns who is asking: a URL or mail address, ASCII without parentheses, sent in the user agent. Default: none.</summary>
    [RegularExpression(@"^[\x21-\x27\x2A-\x7E]{0,200}$", ErrorMessage = "Ingestion:Contact is a URL or mail address without spaces and parentheses.")]
    public string Contact { get; set; } = "";

    /// <summary>Seconds to wait for a connection, 0.1 to 60. Default: 10.</summary>
    [Range(0.1, 60)]
    public double ConnectTimeout { get; set; } = 10;

    /// <summary>Seconds to wait for the first bytes of one attempt's answer, 0.1 to 300. Default: 15.</summary>
    [Range(0.1, 300)]
    public double AttemptTimeout { get; set; } = 15;

    /// <summary>Seconds that a request may take with all attempts and the whole content, 0.1 to 600. Default: 60.</summary>
    [Range(0.1, 600)]
    public double RequestTimeout { get; set; } = 60;

    /// <summary>Attempts after the first when a server fails in passing, 0 to 5. Default: 2.</summary>
    [Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Seconds before the first further attempt; each next one waits twice as long; 0.001 to 60. Default: 1.</summary>
    [Range(0.001, 60)]
    public double RetryDelay { get; set; } = 1;

    /// <summary>Bytes of a feed or sitemap, unpacked, 1,024 to 104,857,600. Default: 52,428,800, what the sitemap protocol allows.</summary>
    [Range(1_024, 104_857_600)]
    public int MaxBytes { get; set; } = 52_428_800;

    /// <summary>Bytes of a page, unpacked, 1,024 to 52,428,800. Default: 5,242,880.</summary>
    [Range(1_024, 52_428_800)]
    public int MaxPageBytes { get; set; } = 5_242_880;

    /// <summary>Redirects that are followed, 0 to 20. Default: 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Seconds between two requests to one host, 0 to 60; a longer Crawl-delay of its robots.txt counts instead, up to 30. Default: 0.5.</summary>
    [Range(0, 60)]
    public double Pause { get; set; } = 0.5;

    /// <summary>Whether robots.txt is obeyed. Default: true.</summary>
    public bool RespectRobots { get; set; } = true;

    /// <summary>Whether hosts may have private, loopback and link-local addresses: for tests and intranets. Default: false.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Characters of a feed item's text below which its page is fetched too, 0 (never for want of text) to 100,000. Default: 600.</summary>
    [Range(0, 100_000)]
    public int FullText { get; set; } = 600;

    /// <summary>Pages that one poll of a feed fetches at most; the others come with the next; 0 to 100,000. Default: 100.</summary>
    [Range(0, 100_000)]
    public int PagesPerPoll { get; set; } = 100;

    /// <summary>Seconds after which a poll of a feed fetches no more pages, 1 to 3,600. Default: 180.</summary>
    [Range(1, 3_600)]
    public double PollTime { get; set; } = 180;

    /// <summary>Sitemaps of one index that are read, 1 to 5,000. Default: 500.</summary>
    [Range(1, 5_000)]
    public int MaxSitemaps { get; set; } = 500;

    /// <summary>
    /// Share of a sitemap's pages, 0 to 1, that may vanish at once before that is taken for a fault and nothing is unpublished; ten pages may always. 1: any number. Default: 0.5.
    /// </summary>
    [Range(0, 1)]
    public double MaxVanishing { get; set; } = 0.5;
}
