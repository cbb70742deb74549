using Recommender.Articles;
using Recommender.Editorial;

namespace Recommender.MoreStories;

/// <summary>What became of a story when a list was composed.</summary>
/// <param name="Kind">What.</param>
public sealed record Fate(FateKind Kind)
{
    /// <summary>Its place: in the list (<see cref="FateKind.Listed"/>), or among the next (<see cref="FateKind.Next"/>); from 1.</summary>
    public int? Place { get; init; }

    /// <summary>Its place among the page's candidates by score, from 1; null for one that has none.</summary>
    public int? Rank { get; init; }

    /// <summary>The story in the list that keeps this one out.</summary>
    public ArticleCard? Other { get; init; }

    /// <summary>The rule that keeps it out.</summary>
    public Override? Rule { get; init; }

    /// <summary>Its similarity to the page; null for one that is not among the page's neighbours.</summary>
    public double? Similarity { get; init; }

    /// <summary>The similarity from which stories count; null when that is not what it failed by.</summary>
    public double? Floor { get; init; }
}

/// <summary>What can become of a story.</summary>
public enum FateKind
{
    /// <summary>It is in the list.</summary>
    Listed,

    /// <summary>It is among the next, below the cut.</summary>
    Next,

    /// <summary>It was ranked, but others come first.</summary>
    Ranked,

    /// <summary>It is the page itself.</summary>
    IsPage,

    /// <summary>It is on the page already.</summary>
    OnPage,

    /// <summary>An editor blocked it.</summary>
    Blocked,

    /// <summary>It is not published yet.</summary>
    NotYetPublished,

    /// <summary>Only stories older than the page are chosen, and it is not.</summary>
    NotOlder,

    /// <summary>It repeats a story in the list.</summary>
    Repeats,

    /// <summary>It tells the same running story as one in the list.</summary>
    SameThread,

    /// <summary>It is neither like the page nor new enough.</summary>
    BelowFloor,

    /// <summary>It is in another language.</summary>
    OtherLanguage,

    /// <summary>It is neither among the page's neighbours nor among the newest.</summary>
    NoCandidate,

    /// <summary>It was taken down.</summary>
    TakenDown,

    /// <summary>Nobody indexed it.</summary>
    Unknown,
}
