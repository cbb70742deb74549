using Recommender.Sites;

namespace Recommender.Editorial;

/// <summary>Keeps editors' overrides, and an audit entry for every change of one.</summary>
public sealed class OverrideStore
{
    /// <summary>All overrides of a scope, in force or not.</summary>
    public Task<IReadOnlyList<Override>> ListAsync(Site site, OverrideScope scope, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Writes an override and its audit entry, and returns it with its new ETag.</summary>
    /// <param name="site">The site.</param>
    /// <param name="rule">What to write; its <see cref="Override.Changed"/> and <see cref="Override.ETag"/> are set here.</param>
    /// <param name="condition">Which version the editor saw; a pin into a taken slot without a condition is a conflict too.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OverrideConflictException">Somebody changed it meanwhile.</exception>
    public Task<Override> PutAsync(Site site, Override rule, OverrideCondition condition, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Deletes an override. False when there was none.</summary>
    /// <exception cref="OverrideConflictException">Somebody changed it meanwhile.</exception>
    public Task<bool> DeleteAsync(Site site, OverrideScope scope, string kind, string key, OverrideCondition condition, string author, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>What a writer expects to find, as in If-Match and If-None-Match.</summary>
public readonly record struct OverrideCondition(string? IfMatch, bool IfNoneMatch)
{
    /// <summary>Write over anything.</summary>
    public static OverrideCondition None => default;

    /// <summary>There must be none yet.</summary>
    public static OverrideCondition Absent => new(null, true);

    /// <summary>It must have this ETag.</summary>
    public static OverrideCondition Match(string etag) => new(etag, false);
}

/// <summary>The override is not the one the editor saw.</summary>
public sealed class OverrideConflictException(Override? current) : Exception("The override was changed by someone else.")
{
    /// <summary>What is there now; null when it was deleted.</summary>
    public Override? Current { get; } = current;
}
