using Recommender.Sites;

namespace Recommender.Articles;

/// <summary>Takes articles in and out of the index; all that readers see of one changes with it.</summary>
public sealed class Publisher
{
    /// <summary>Publishes one article: when this returns, it is durable, in its own list and in the lists of the articles it is near.</summary>
    public Task<PublishResult> PublishAsync(Site site, ArticleInput input, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>
    /// Publishes many: results come in the order of <paramref name="inputs"/>, each when its article is durable and can be listed; lists of neighbours are brought up to date
    /// when all are in. A process that dies on the way loses nothing whose result was given out, and <see cref="RecoverAsync"/> completes what it left.
    /// </summary>
    public IAsyncEnumerable<PublishResult> ImportAsync(Site site, IAsyncEnumerable<ArticleInput> inputs, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>The article as it is stored; null when there is none or it was unpublished.</summary>
    public Task<Article?> GetAsync(Site site, string id, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Id of the article at a URL; null when nobody indexed it or it was unpublished.</summary>
    public Task<string?> FindAsync(Site site, string url, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Every article of a site that is not unpublished, in no useful order.</summary>
    public IAsyncEnumerable<Article> AllAsync(Site site, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Takes an article out of every list at once. False when it was not there.</summary>
    public Task<bool> UnpublishAsync(Site site, string id, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Completes what processes that died had begun. Called when a process starts and by the sweep.</summary>
    /// <returns>Number of articles completed.</returns>
    public Task<int> RecoverAsync(Site site, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>What became of one input.</summary>
public sealed record PublishResult
{
    /// <summary>What became of it.</summary>
    public required PublishOutcome Outcome { get; init; }

    /// <summary>The article's id; null when the input was invalid before one could be derived.</summary>
    public string? Id { get; init; }

    /// <summary>What was wrong; empty unless <see cref="PublishOutcome.Invalid"/> or <see cref="PublishOutcome.Conflict"/>.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>What became of an input.</summary>
public enum PublishOutcome
{
    /// <summary>It is new, or was unpublished before.</summary>
    Created,

    /// <summary>It differs from what was there.</summary>
    Updated,

    /// <summary>It is what was there; nothing was written.</summary>
    Unchanged,

    /// <summary>It cannot be an article; nothing was written.</summary>
    Invalid,

    /// <summary>Its URL belongs to another article; nothing was written.</summary>
    Conflict,
}
