namespace Recommender.Articles;

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
