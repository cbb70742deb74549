using Recommender.Editorial.Publishing;

namespace Recommender.Editorial.Drafts;

/// <summary>A draft as its row holds it.</summary>
internal sealed record StoredDraft
{
    public required string Page { get; init; }

    public long Version { get; init; }

    public IReadOnlyList<StoredOperation> Operations { get; init; } = [];

    public IReadOnlyList<StoredPost> Posts { get; init; } = [];

    public string Note { get; init; } = "";

    public StoredPublication? Publishing { get; init; }

    public static StoredDraft Of(Draft draft) => new()
    {
        Page = draft.Page,
        Version = draft.Version,
        Operations = [.. draft.Operations.Select(StoredOperation.Of)],
        Posts = [.. draft.Posts.Select(StoredPost.Of)],
        Note = draft.Note,
        Publishing = draft.Publishing is { } publication ? StoredPublication.Of(publication) : null,
    };

    public Draft ToDraft(string? etag) => new()
    {
        Page = Page,
        Version = Version,
        Operations = [.. Operations.Select(operation => operation.ToOperation())],
        Posts = [.. Posts.Select(post => post.ToPost())],
        Note = Note,
        Publishing = Publishing?.ToPublication(),
        ETag = etag,
    };
}

/// <summary>An operation as rows hold it.</summary>
internal sealed record StoredOperation
{
    public required string Kind { get; init; }

    public required string Scope { get; init; }

    public required string Target { get; init; }

    public StoredOverride? Rule { get; init; }

    public StoredOverride? Base { get; init; }

    public string Author { get; init; } = "";

    public DateTimeOffset Time { get; init; }

    public static StoredOperation Of(Operation operation) => new()
    {
        Kind = operation.Subject.Kind,
        Scope = operation.Subject.Scope.ToString(),
        Target = operation.Subject.Target,
        Rule = operation.Rule is { } rule ? StoredOverride.Of(rule) : null,
        Base = operation.Base is { } found ? StoredOverride.Of(found) : null,
        Author = operation.Author,
        Time = operation.Time,
    };

    public Operation ToOperation() => new()
    {
        Subject = new Subject(Kind, OverrideScope.Parse(Scope), Target),
        Rule = Rule?.ToOverride(),
        Base = Base?.ToOverride(),
        Author = Author,
        Time = Time,
    };
}

/// <summary>A post as rows hold it.</summary>
internal sealed record StoredPost
{
    public long Version { get; init; }

    public string Author { get; init; } = "";

    public DateTimeOffset Time { get; init; }

    public required string Kind { get; init; }

    public required string Scope { get; init; }

    public required string Target { get; init; }

    public StoredOperation? Before { get; init; }

    public StoredOperation? After { get; init; }

    public long? Undoes { get; init; }

    public static StoredPost Of(DraftPost post) => new()
    {
        Version = post.Version,
        Author = post.Author,
        Time = post.Time,
        Kind = post.Subject.Kind,
        Scope = post.Subject.Scope.ToString(),
        Target = post.Subject.Target,
        Before = post.Before is { } before ? StoredOperation.Of(before) : null,
        After = post.After is { } after ? StoredOperation.Of(after) : null,
        Undoes = post.Undoes,
    };

    public DraftPost ToPost() => new(
        Version, Author, Time, new Subject(Kind, OverrideScope.Parse(Scope), Target), Before?.ToOperation(), After?.ToOperation(), Undoes);
}
