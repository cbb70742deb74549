using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Recommender.Articles;
using Recommender.Threads;

namespace Recommender.Sites;

/// <summary>A site as it stands in configuration, under <c>Recommender:Sites:{id}</c>. <see cref="Site"/> is what becomes of it.</summary>
public sealed class SiteOptions
{
    /// <summary>What readers call it. Default: the id.</summary>
    public string? Name { get; set; }

    /// <summary>Hosts of its pages, without port; <c>*.example.org</c> stands for every host below.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>Feeds and news sitemaps to poll, absolute URLs.</summary>
    public IList<string> Feeds { get; set; } = [];

    /// <summary>Origins whose scripts may read lists, such as <c>https://www.example.org</c>; <c>*</c> for any.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>BCP 47 tag. Default: en.</summary>
    [Required]
    [RegularExpression("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", ErrorMessage = "Language must be a tag such as en or pt-BR.")]
    public string Language { get; set; } = "en";

    /// <summary>IANA name. Default: UTC.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Heading of its lists. Default: More Stories.</summary>
    [Required]
    public string Heading { get; set; } = "More Stories";

    /// <summary>Items in a list, 1 to 20. Default: 4.</summary>
    [Range(1, MoreStories.ListRequest.MaxCount)]
    public int Count { get; set; } = 4;

    /// <summary>Days in which an article's recency halves, 0.01 to 36,500. Default: 30.</summary>
    [Range(0.01, 36_500)]
    public double HalfLifeDays { get; set; } = new RankingSettings().HalfLife.TotalDays;

    /// <summary>Weight of recency against relevance, 0 to 1. Default: 0.005.</summary>
    [Range(0.0, 1.0)]
    public double RecencyWeight { get; set; } = new RankingSettings().RecencyWeight;

    /// <summary>Score by similarity or by recency below which the latest stories are preferred, 0 to 1. Default: as measured at reindex, at most 0.04.</summary>
    [Range(0.0, 1.0)]
    public double? Floor { get; set; }

    /// <summary>Days in which the recency of a topic's articles halves, by the topic's name or slug, 0.01 to 36,500. An article has the longest of its topics'. Default: none.</summary>
    public IDictionary<string, double> TopicHalfLifeDays { get; set; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>How much the stories of a list are to differ from each other, 0 to 1. Default: 0.05.</summary>
    [Range(0.0, 1.0)]
    public double Diversity { get; set; } = new RankingSettings().Diversity;

    /// <summary>Most stories of one topic in a list, as long as others fit, 1 to 20. Default: any number.</summary>
    [Range(1, MoreStories.ListRequest.MaxCount)]
    public int? MaxPerTopic { get; set; }

    /// <summary>Most stories of one author in a list, as long as others fit, 1 to 20. Default: any number.</summary>
    [Range(1, MoreStories.ListRequest.MaxCount)]
    public int? MaxPerAuthor { get; set; }

    /// <summary>Share of a list's slots that are kept for the latest stories, 0 to 1. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double LatestShare { get; set; }

    /// <summary>Whether only stories are chosen that were published before the page. Default: false.</summary>
    public bool OnlyOlder { get; set; }

    /// <summary>Whether articles without topics are filed under those that a model finds, learned at reindex from the site's own. Default: true.</summary>
    public bool ClassifyTopics { get; set; } = true;

    /// <summary>Whether its articles are placed by embeddings where <c>Recommender:Embeddings</c> names a model; else by their own words, as without one. Default: true.</summary>
    public bool Embeddings { get; set; } = true;

    /// <summary>
    /// What lists make of articles that tell one running story: <c>collapse</c> (each story at most once), <c>follow</c> (the page's own first, newest development first) or
    /// <c>show</c> (nothing). Default: collapse.
    /// </summary>
    [EnumDataType(typeof(ThreadsInLists), ErrorMessage = "Threads is collapse, follow or show.")]
    public ThreadsInLists Threads { get; set; } = ThreadsInLists.Collapse;

    /// <summary>A host as URLs write it, in lower case and Punycode, a leading <c>*.</c> kept; null for what is no host.</summary>
    internal static string? AsciiHost(string host)
    {
        var (prefix, name) = host.StartsWith("*.", StringComparison.Ordinal) ? ("*.", host[2..]) : ("", host);
        return CanonicalUrl.TryParse($"https://{name}/", out var url) && new Uri(url) is { IsDefaultPort: true, PathAndQuery: "/" } address && !name.Contains('@', StringComparison.Ordinal)
            ? prefix + address.Host
            : null;
    }

    /// <summary>The site of that id.</summary>
    public Site ToSite(string id) => new()
    {
        Id = id,
        Name = Name ?? id,
        Hosts = [.. Hosts.Select(host => AsciiHost(host) ?? host)],
        Feeds = [.. Feeds],
        AllowedOrigins = [.. AllowedOrigins],
        Language = Language.ToLowerInvariant(),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone),
        Heading = Heading,
        Count = Count,
        ClassifyTopics = ClassifyTopics,
        Embeddings = Embeddings,
        Ranking = new RankingSettings
        {
            HalfLife = TimeSpan.FromDays(HalfLifeDays),
            RecencyWeight = RecencyWeight,
            Floor = Floor,
            TopicHalfLives = TopicHalfLifeDays.ToFrozenDictionary(topic => Slug.From(topic.Key)!, topic => TimeSpan.FromDays(topic.Value)),
            Diversity = Diversity,
            MaxPerTopic = MaxPerTopic,
            MaxPerAuthor = MaxPerAuthor,
            Threads = Threads,
            LatestShare = LatestShare,
            OnlyOlder = OnlyOlder,
        },
    };
}
