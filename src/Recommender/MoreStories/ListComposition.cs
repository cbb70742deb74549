using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Ranking;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.MoreStories;

/// <summary>Everything a list is made of, gathered; <see cref="ListComposer"/> makes it.</summary>
public sealed record ListComposition
{
    /// <summary>The site.</summary>
    public required Site Site { get; init; }

    /// <summary>The page's own article; null for a page that nobody indexed.</summary>
    public ArticleCard? Page { get; init; }

    /// <summary>The page's URL as asked for, canonical; null when none was given.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The instant of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The first instant after <see cref="Now"/> at which something begins, ends or is published that plays a part.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Only stories published before this instant are chosen; null: any. Pins are exempt.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Items wanted.</summary>
    public required int Count { get; init; }

    /// <summary>What to make of running stories; null: as the site is configured.</summary>
    public ThreadsInLists? Threads { get; init; }

    /// <summary>Ids and canonical URLs that are on the page already.</summary>
    public IReadOnlySet<string> Exclude { get; init; } = new HashSet<string>();

    /// <summary>Overrides that hold for the page now, the narrowest scope first.</summary>
    public IReadOnlyList<Override> Overrides { get; init; } = [];

    /// <summary>Ranked candidates whose cards are known, best first.</summary>
    public IReadOnlyList<(RankedCandidate Ranked, ArticleCard Card)> Ranked { get; init; } = [];

    /// <summary>Cards of pinned stories that can be shown, by id.</summary>
    public IReadOnlyDictionary<string, ArticleCard> Pinned { get; init; } = new Dictionary<string, ArticleCard>();

    /// <summary>The newest stories of the page's topics, newest first.</summary>
    public IReadOnlyList<ArticleCard> LatestInTopic { get; init; } = [];

    /// <summary>The newest stories of the site, newest first.</summary>
    public IReadOnlyList<ArticleCard> Latest { get; init; } = [];

    /// <summary>Ranked stories among which a list of <paramref name="count"/> is chosen, unless something asks for more.</summary>
    public static int Enough(int count) => (2 * count) + 4;
}
