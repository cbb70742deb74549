namespace Recommender.Editorial;

/// <summary>What a writer expects to find, as in If-Match and If-None-Match.</summary>
public readonly record struct OverrideCondition(string? IfMatch, bool IfNoneMatch)
{
    /// <summary>Write over anything.</summary>
    public static OverrideCondition None => default;

    /// <summary>There must be none yet.</summary>
    public static OverrideCondition Absent => new(null, true);

    /// <summary>It must have this ETag; <c>*</c> is any.</summary>
    public static OverrideCondition Match(string etag) => new(etag, false);

    /// <summary>Whether <paramref name="current"/> (null: there is none) is what the writer expects.</summary>
    public bool IsMetBy(Override? current) =>
        !(IfNoneMatch && current is not null) && (IfMatch is null || (current is not null && (IfMatch == "*" || IfMatch == current.ETag)));
}

/// <summary>The override is not the one the editor saw.</summary>
public sealed class OverrideConflictException(Override? current) : Exception("The override was changed by someone else.")
{
    /// <summary>What is there now; null when it was deleted.</summary>
    public Override? Current { get; } = current;
}
