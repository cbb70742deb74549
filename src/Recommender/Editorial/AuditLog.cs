using Recommender.Sites;

namespace Recommender.Editorial;

/// <summary>Who changed which override, newest first; only ever added to.</summary>
public sealed class AuditLog
{
    /// <summary>Up to <paramref name="count"/> entries before <paramref name="before"/> (null: the newest).</summary>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(Site site, DateTimeOffset? before, int count, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>One change.</summary>
/// <param name="Id">Unique in its site.</param>
/// <param name="Time">When.</param>
/// <param name="Author">Who.</param>
/// <param name="Action"><c>put</c> or <c>delete</c>.</param>
/// <param name="Before">What was there; null when nothing was.</param>
/// <param name="After">What is there since; null after a deletion.</param>
public sealed record AuditEntry(string Id, DateTimeOffset Time, string Author, string Action, Override? Before, Override? After);
