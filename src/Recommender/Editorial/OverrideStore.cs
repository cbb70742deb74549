using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial;

/// <summary>Changes editors' overrides, with an audit entry for every change, and has every list follow at once.</summary>
public sealed class OverrideStore(OverrideTable overrides, Journal journal, ChangeFollower changes, TimeProvider time)
{
    private const int Attempts = 5;
    private readonly string writer = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
    private long written;

    /// <summary>All overrides of a scope, in force or not: pins by slot, then blocks and boosts by target.</summary>
    public Task<IReadOnlyList<Override>> ListAsync(Site site, OverrideScope scope, CancellationToken cancellation = default) =>
        overrides.ListAsync(site, scope, cancellation);

    /// <summary>Writes an override and its audit entry, and returns it with its new ETag.</summary>
    /// <param name="site">The site.</param>
    /// <param name="rule">What to write; its <see cref="Override.Changed"/> and <see cref="Override.ETag"/> are set here.</param>
    /// <param name="condition">Which version the editor saw.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OverrideConflictException">Somebody changed it meanwhile.</exception>
    public Task<Override> PutAsync(Site site, Override rule, OverrideCondition condition, CancellationToken cancellation = default) =>
        InsistAsync(condition, async () =>
        {
            var current = await overrides.GetAsync(site, rule.Scope, rule.Kind, rule.Key, cancellation);
            var next = rule with { Changed = time.GetUtcNow(), ETag = null };
            return next with { ETag = await ChangeAsync(site, current, next, condition, next.Author, cancellation) };
        });

    /// <summary>Deletes an override. False when there was none.</summary>
    /// <exception cref="OverrideConflictException">Somebody changed it meanwhile.</exception>
    public Task<bool> DeleteAsync(
        Site site, OverrideScope scope, string kind, string key, OverrideCondition condition, string author, CancellationToken cancellation = default) =>
        InsistAsync(condition, async () =>
        {
            var current = await overrides.GetAsync(site, scope, kind, key, cancellation);
            if (current is null && condition.IfMatch is null)
            {
                return false;
            }

            await ChangeAsync(site, current, null, condition, author, cancellation);
            return true;
        });

    /// <summary>Completes the audit of changes whose process died. Called by the sweep.</summary>
    public async Task RecoverAsync(Site site, CancellationToken cancellation = default)
    {
        foreach (var (key, intent) in await journal.OpenAsync(site, cancellation))
        {
            if (intent.Scope is { } scope)
            {
                await overrides.FlushAsync(site, OverrideScope.Parse(scope), cancellation);
                await changes.AnnounceAsync(site, new Change { Scopes = [scope] }, cancellation);
                await journal.CompleteAsync(site, journal.IsAbandoned(key) ? [key] : [], cancellation);
            }
        }
    }

    // Who sets no condition did not see a version, and so cannot be in conflict with it.
    private static async Task<T> InsistAsync<T>(OverrideCondition condition, Func<Task<T>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await change();
            }
            catch (OverrideConflictException) when (condition == OverrideCondition.None && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)));
            }
        }
    }

    private async Task<string?> ChangeAsync(
        Site site, Override? current, Override? next, OverrideCondition condition, string author, CancellationToken cancellation)
    {
        if (!condition.IsMetBy(current))
        {
            throw new OverrideConflictException(current);
        }

        var subject = next ?? current!;
        var entry = new StoredAuditEntry
        {
            Id = $"{writer}-{Interlocked.Increment(ref written)}",
            Time = time.GetUtcNow(),
            Author = author,
            Action = next is null ? "delete" : "put",
            Before = current is null ? null : StoredOverride.Of(current),
            After = next is null ? null : StoredOverride.Of(next),
        };
        var key = await journal.BeginAsync(site, new Intent { Scope = subject.Scope.ToString() }, cancellation);
        try
        {
            var etag = await overrides.ChangeAsync(site, current, next, entry, cancellation);
            await changes.AnnounceAsync(site, new Change { Scopes = [subject.Scope.ToString()] }, cancellation);
            await journal.CompleteAsync(site, [key], cancellation);
            return etag;
        }
        catch (RowConflictException)
        {
            await journal.CompleteAsync(site, [key], cancellation);
            throw new OverrideConflictException(await overrides.GetAsync(site, subject.Scope, subject.Kind, subject.Key, cancellation));
        }
    }
}
