using System.Collections.Concurrent;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Changes;

/// <summary>
/// Keeps this process's view of a site true: asks the log at most once in <see cref="Interval"/> what happened, when somebody needs to know, and tells those who cache.
/// </summary>
public sealed class ChangeFollower(ChangeLog log, IEnumerable<IChangeObserver> observers, StoreSilence silence, TimeProvider time)
{
    /// <summary>How old a view may be.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Clocks of two processes differ, and a row may become visible after a later one: look back this far each time.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);

    // What a reader waits for the log at most.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Position> positions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> heard = new(StringComparer.Ordinal);
    private readonly IChangeObserver[] observers = [.. observers];

    /// <summary>Appends a change and acts on it here at once.</summary>
    public async Task AnnounceAsync(Site site, Change change, CancellationToken cancellation = default)
    {
        await log.AppendAsync(site, change, cancellation);
        silence.IsSilent = false;
        await TellAsync(site, change, own: true, cancellation);
    }

    /// <summary>
    /// Changes of a site that this process has heard of and acted on. Whatever was made of its caches while this number stayed the same is as good as made anew, but for what time alone changes.
    /// </summary>
    public long HeardOf(Site site) => heard.GetValueOrDefault(site.Id);

    /// <summary>Whether <see cref="TryCatchUpAsync"/> would return at once at <paramref name="now"/>.</summary>
    public bool IsCurrent(Site site, DateTimeOffset now) => PositionOf(site).IsCurrent(now);

    /// <summary>Returns when this process knows what happened up to <see cref="Interval"/> ago.</summary>
    public async ValueTask CatchUpAsync(Site site, CancellationToken cancellation = default)
    {
        var position = PositionOf(site);
        if (time.GetUtcNow() - position.Checked < Interval)
        {
            return;
        }

        await position.Gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (now - position.Checked < Interval)
            {
                return;
            }

            if (now - position.Checked > ChangeLog.Retention / 2)
            {
                await TellAsync(site, new Change { Everything = true }, own: false, cancellation);
            }

            var recent = await log.ReadAsync(site, position.Checked - Overlap, cancellation);
            foreach (var entry in recent.Where(entry => !position.Seen.Contains(entry.Key)))
            {
                await TellAsync(site, entry.Change, entry.Own, cancellation);
            }

            position.Seen = recent.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
            (position.Checked, position.RetryAt, silence.IsSilent) = (now, default, false);
        }
        finally
        {
            position.Gate.Release();
        }
    }

    /// <summary>
    /// As <see cref="CatchUpAsync"/>, for those who would rather answer with what they know than not at all: when the store does not answer, or not soon, nothing is thrown, it is left in peace for a while, and nobody waits
    /// for it again until it does.
    /// </summary>
    public async ValueTask TryCatchUpAsync(Site site, CancellationToken cancellation = default)
    {
        var (position, now) = (PositionOf(site), time.GetUtcNow());
        if (position.IsCurrent(now))
        {
            return;
        }

        if (silence.IsSilent)
        {
            position.RetryAt = now + RetryAfterFailure;
            _ = position.Gate.CurrentCount == 0 ? Task.CompletedTask : HearAsync(site);
            return;
        }

        try
        {
            await CatchUpAsync(site, CancellationToken.None).AsTask().WaitAsync(Patience, time, cancellation);
        }
        catch (Exception failure) when (failure is TableUnavailableException or TimeoutException)
        {
            (position.RetryAt, silence.IsSilent) = (time.GetUtcNow() + RetryAfterFailure, true);
        }
    }

    // Nobody waits to hear whether the store speaks again.
    private async Task HearAsync(Site site)
    {
        try
        {
            await CatchUpAsync(site, CancellationToken.None);
        }
        catch (TableUnavailableException)
        {
        }
    }

    private async Task TellAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        try
        {
            foreach (var observer in observers)
            {
                await observer.OnChangeAsync(site, change, own, cancellation);
            }
        }
        finally
        {
            // Last: what is made of caches in between, some of which have forgotten and some not yet, must not count as made after the change.
            heard.AddOrUpdate(site.Id, 1, (_, count) => count + 1);
        }
    }

    private Position PositionOf(Site site) => positions.TryGetValue(site.Id, out var known) ? known : positions.GetOrAdd(site.Id, new Position(time.GetUtcNow()));

    private sealed class Position(DateTimeOffset start)
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public DateTimeOffset Checked { get; set; } = start;

        public DateTimeOffset RetryAt { get; set; }

        public HashSet<string> Seen { get; set; } = [];

        public bool IsCurrent(DateTimeOffset now) => now < RetryAt || now - Checked < Interval;
    }
}

/// <summary>Somebody who remembers things that a change makes untrue.</summary>
public interface IChangeObserver
{
    /// <summary>
    /// Forgets or reads again what <paramref name="change"/> names. A change of this process's <paramref name="own"/> comes twice: when it is made, and again from the
    /// log, which catches a read that began before the change and was remembered after it.
    /// </summary>
    ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation);
}
