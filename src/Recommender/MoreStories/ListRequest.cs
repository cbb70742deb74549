using Recommender.Editorial;
using Recommender.Similarity;
using Recommender.Threads;

namespace Recommender.MoreStories;

/// <summary>What a page asks for. With neither id nor URL, or one that is not indexed, the answer is the latest stories.</summary>
public sealed record ListRequest
{
    /// <summary>Most items that a page can ask for; only <see cref="ChosenOnly"/> goes deeper.</summary>
    public const int MaxCount = 20;

    /// <summary>Id of the page's article.</summary>
    public string? Id { get; init; }

    /// <summary>URL of the page, canonical or not.</summary>
    public string? Url { get; init; }

    /// <summary>Items wanted, 1 to <see cref="MaxCount"/>; null: as the site is configured.</summary>
    public int? Count { get; init; }

    /// <summary>Ids or URLs of stories that are on the page already.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The instant to answer for: windows, ages and publication are judged at it. Null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether only stories are chosen that were published before the page; null: as the site is configured.</summary>
    public bool? OnlyOlder { get; init; }

    /// <summary>What to make of running stories; null: as the site is configured.</summary>
    public ThreadsInLists? Threads { get; init; }

    /// <summary>Whether to leave out pins and the latest that fill a list up: what is left is what the ranking chose for the page. For measuring, never for readers.</summary>
    public bool ChosenOnly { get; init; }

    /// <summary>What an editor has decided and not published: it takes the place of what holds in the scopes that it is about. Null: as readers get it.</summary>
    public OverrideOverlay? Overlay { get; init; }

    /// <summary>The page itself and its neighbours, where it is not indexed, as for a text that is not published yet. Null: as it is indexed.</summary>
    public NeighbourList? Page { get; init; }
}
