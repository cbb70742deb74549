namespace Recommender.Editorial.Drafts;

/// <summary>What editors have decided for a page and not published yet. One draft a page, shared by all.</summary>
public sealed record Draft
{
    /// <summary>Posts that are remembered, for undoing and for telling who met whom.</summary>
    public const int PostsKept = 100;

    /// <summary>Id of the page's article.</summary>
    public required string Page { get; init; }

    /// <summary>Number of posts to it, ever; each post says which it saw.</summary>
    public long Version { get; init; }

    /// <summary>What was decided, in order; each subject once.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>The newest posts, oldest first.</summary>
    public IReadOnlyList<DraftPost> Posts { get; init; } = [];

    /// <summary>What is to be told with the publication.</summary>
    public string Note { get; init; } = "";

    /// <summary>The publication that is under way; null mostly.</summary>
    public Publishing.Publication? Publishing { get; init; }

    /// <summary>Version in the store; null when there is no row yet.</summary>
    public string? ETag { get; init; }

    /// <summary>The operation about a subject; null when there is none.</summary>
    public Operation? Find(Subject subject) => Operations.FirstOrDefault(operation => operation.Subject == subject);
}

/// <summary>One change of a draft.</summary>
/// <param name="Version">The version that it made; several changes of one post share it.</param>
/// <param name="Author">Who.</param>
/// <param name="Time">When.</param>
/// <param name="Subject">About what.</param>
/// <param name="Before">What the draft said of it before.</param>
/// <param name="After">What it says since; null for nothing.</param>
/// <param name="Undoes">The version that it undoes; null for no undoing.</param>
public sealed record DraftPost(long Version, string Author, DateTimeOffset Time, Subject Subject, Operation? Before, Operation? After, long? Undoes = null)
{
    /// <summary>Whether another operation is about the same story in the same scope, or wants the same slot there.</summary>
    public bool Touches(Operation operation) => operation.Subject.Scope == Subject.Scope
        && (operation.Subject.Target == Subject.Target || (operation.Slot is { } slot && (slot == After?.Slot || slot == Before?.Slot)));
}

/// <summary>What an editor wants to change in a draft.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Drops">Whether the draft is to say nothing of its subject any more, rather than this.</param>
public readonly record struct DraftEdit(Operation Operation, bool Drops = false)
{
    /// <summary>Makes a rule hold.</summary>
    public static DraftEdit Put(Override rule) => new(Operation.Put(rule));

    /// <summary>Takes a rule back.</summary>
    public static DraftEdit Take(Subject subject) => new(Operation.Take(subject));

    /// <summary>Says nothing of a subject any more.</summary>
    public static DraftEdit Drop(Subject subject) => new(Operation.Take(subject), Drops: true);
}

/// <summary>Where two editors met: what one wants, and what another decided since.</summary>
/// <param name="Mine">What is posted.</param>
/// <param name="Theirs">What was decided meanwhile.</param>
public sealed record DraftClash(DraftEdit Mine, DraftPost Theirs);

/// <summary>Somebody else decided about the same story or slot meanwhile. Nothing was changed.</summary>
public sealed class DraftConflictException(Draft current, IReadOnlyList<DraftClash> clashes) : Exception("The draft was changed by someone else.")
{
    /// <summary>The draft as it is.</summary>
    public Draft Current { get; } = current;

    /// <summary>Where they met; empty when the draft as a whole is another than was seen.</summary>
    public IReadOnlyList<DraftClash> Clashes { get; } = clashes;
}

/// <summary>What was posted cannot be in a draft.</summary>
public sealed class DraftInvalidException(IReadOnlyList<Articles.FieldError> errors) : Exception("The draft cannot take this.")
{
    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<Articles.FieldError> Errors { get; } = errors;
}
