using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Asks a site's feeds for news: publishes what is new or changed and unpublishes what a complete sitemap no longer has.</summary>
public sealed class FeedPoller
{
    /// <summary>Polls every feed of a site, one after the other. A feed that fails does not keep the others from being polled; its result says why.</summary>
    public Task<IReadOnlyList<FeedPollResult>> PollAsync(Site site, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>What polling one feed came to.</summary>
public sealed record FeedPollResult
{
    /// <summary>The feed's URL.</summary>
    public required string Feed { get; init; }

    /// <summary>Whether the feed said that nothing changed (304, or the same bytes).</summary>
    public bool NotModified { get; init; }

    /// <summary>Items in it.</summary>
    public int Items { get; init; }

    /// <summary>Articles that were new.</summary>
    public int Created { get; init; }

    /// <summary>Articles that had changed.</summary>
    public int Updated { get; init; }

    /// <summary>Articles that were taken down.</summary>
    public int Removed { get; init; }

    /// <summary>Why the feed, or items of it, could not be taken; at most 20.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
