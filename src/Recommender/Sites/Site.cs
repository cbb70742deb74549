using System.Collections.Frozen;
using Recommender.Threads;

namespace Recommender.Sites;

/// <summary>One publication: how its pages are recognised, where its articles come from, and what its lists look like.</summary>
public sealed record Site
{
    /// <summary>Lower-case letters, digits and hyphens, at most 40: first part of every key.</summary>
    public required string Id { get; init; }

    /// <summary>What readers call it.</summary>
    public required string Name { get; init; }

    /// <summary>Hosts of its pages, without port; <c>*.example.org</c> stands for every host below.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Feeds and news sitemaps to poll, absolute URLs.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>Origins whose scripts may read lists; <c>*</c> for any.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Language of articles that neither give their own nor clearly are of another, and of the list's dates.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Zone of dates without one, and of the days that lists show.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Heading of its lists.</summary>
    public string Heading { get; init; } = "More Stories";

    /// <summary>Items in a list unless the page asks for another number.</summary>
    public int Count { get; init; } = 4;

    /// <summary>How lists weigh similarity and recency.</summary>
    public RankingSettings Ranking { get; init; } = new();

    /// <summary>Whether articles without topics are filed under those that a model finds, learned from the site's own.</summary>
    public bool ClassifyTopics { get; init; } = true;

    /// <summary>Whether its articles are placed by embeddings where a model is configured.</summary>
    public bool Embeddings { get; init; } = true;

    /// <summary>Whether a page at <paramref name="host"/> belongs to this site.</summary>
    public bool HasHost(string host) => Hosts.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How a site's lists weigh similarity and recency.</summary>
public sealed record RankingSettings
{
    /// <summary>Time in which an article's recency halves.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Weight of recency against similarity, 0 to 1: at 0 only similarity counts, at 1 the list is the latest stories.</summary>
    public double RecencyWeight { get; init; } = 0.005;

    /// <summary>The floor of a site whose stories have not been measured yet, and the highest that measuring gives.</summary>
    public const double UnmeasuredFloor = 0.04;

    /// <summary>
    /// What an article must score by similarity or by recency to be chosen for a page; below it, the cascade fills the list with the latest. Null: what stories of the site have in common by chance, as
    /// the last reindex measured it.
    /// </summary>
    public double? Floor { get; init; }

    /// <summary>Half-lives of topics by slug; a story has the longest of its topics', and <see cref="HalfLife"/> when none of them is here.</summary>
    public FrozenDictionary<string, TimeSpan> TopicHalfLives { get; init; } = FrozenDictionary<string, TimeSpan>.Empty;

    /// <summary>How much the stories of a list are to differ from each other, 0 to 1: at 0 only the score counts, at 1 only the difference. The first is always the best, and with <see cref="RecencyWeight"/> 1, the latest stay in their order.</summary>
    public double Diversity { get; init; } = 0.05;

    /// <summary>Most stories of one topic in a list, as long as others fit; null: any number.</summary>
    public int? MaxPerTopic { get; init; }

    /// <summary>Most stories of one author in a list, as long as others fit; null: any number.</summary>
    public int? MaxPerAuthor { get; init; }

    /// <summary>Share of a list's slots, 0 to 1, that are kept for the latest stories of the page's topics, then of the site. Rounded down; they are the last ones.</summary>
    public double LatestShare { get; init; }

    /// <summary>Whether only stories are chosen that were published before the page.</summary>
    public bool OnlyOlder { get; init; }

    /// <summary>What lists make of running stories.</summary>
    public ThreadsInLists Threads { get; init; } = ThreadsInLists.Collapse;
}
