using System.Collections.Concurrent;
using System.Diagnostics;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.MoreStories;

/// <summary>
/// The cards of each site's stories, the newest first and as many as there is memory for, so that a page that nobody asked for yet does not read the cards of its neighbours one by one. They are read as
/// ranges of the timeline in the background, soon after somebody asked for the first, and renewed the same way while somebody asks.
/// </summary>
/// <remarks>Of a story that changed nothing is known here until the next renewal: whoever asks reads it from the store. So a card is never older than what this process has heard of.</remarks>
public sealed class RecentCards(Timeline timeline, SiteCatalog sites, TimeProvider time) : IChangeObserver, IDisposable
{
    /// <summary>Bytes of memory for the cards of all sites together, an equal share for each: more than a million cards.</summary>
    public const long MostBytes = 256 << 20;

    /// <summary>How long after the first question they are read: a process that has just started has more urgent things to do.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>How old they may be before they are read again: it bounds what a lost change could cost. Where there are very many, they are read for a hundredth of the time at most.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    private const int MostReading = 100;

    // Half of the time is left to readers.
    private const int BetweenRests = 256;

    // Stories that come while a reading is in use are not in it, but those that are announced for the coming hours are.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Shelf> shelves = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource disposed = new();

    /// <summary>The card of a story; null when it is not among them, whatever the reason.</summary>
    public ArticleCard? Find(Site site, string id)
    {
        var shelf = shelves.TryGetValue(site.Id, out var known) ? known : shelves.GetOrAdd(site.Id, _ => new Shelf(time.GetUtcNow() + Settling));
        if (time.GetUtcNow() >= shelf.ReadAt && shelf.TryBegin() is { } reading)
        {
            _ = Task.Run(() => ReadAsync(site, shelf, reading));
        }

        return shelf.Find(id);
    }

    /// <inheritdoc/>
    public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        if (shelves.TryGetValue(site.Id, out var shelf))
        {
            shelf.Forget(change);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => disposed.Cancel();

    private async Task ReadAsync(Site site, Shelf shelf, Reading reading)
    {
        var (begun, most) = (time.GetTimestamp(), MostBytes / Math.Max(1, sites.All.Count));
        try
        {
            var (read, worked) = (0, Stopwatch.GetTimestamp());
            await foreach (var card in timeline.NewestAsync(site, Keys.AnyTopic, time.GetUtcNow() + Ahead, cancellation: disposed.Token))
            {
                reading.Cards.Add(card);
                if (reading.IsVoid || reading.Cards.Bytes >= most)
                {
                    break;
                }

                if (++read % BetweenRests == 0)
                {
                    await Task.Delay(Stopwatch.GetElapsedTime(worked), disposed.Token);
                    worked = Stopwatch.GetTimestamp();
                }
            }

            reading.Cards.Close();
            var rest = MostReading * time.GetElapsedTime(begun);
            shelf.End(reading, time.GetUtcNow() + (rest > Renewal ? rest : Renewal));
        }
        catch (Exception failure) when (failure is TableUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            shelf.End(null, time.GetUtcNow() + RetryAfterFailure);
        }
    }

    /// <summary>Cards as they were read, from when that began, and what changed since then: that may have been read before the change.</summary>
    private sealed class Reading
    {
        private readonly ConcurrentDictionary<string, byte> changed = new(StringComparer.Ordinal);
        private volatile bool isVoid;

        public HeldCards Cards { get; } = new();

        public bool IsVoid => isVoid;

        public ArticleCard? Find(string id) => isVoid || changed.ContainsKey(id) ? null : Cards.Find(id);

        public void Forget(Change change)
        {
            foreach (var id in change.Articles)
            {
                changed[id] = 0;
            }

            isVoid |= change.Everything;
        }
    }

    private sealed class Shelf(DateTimeOffset first)
    {
        private readonly Lock gate = new();
        private Reading? current;
        private Reading? next;

        public DateTimeOffset ReadAt { get; private set; } = first;

        // The first is of use while it is read.
        public Reading? TryBegin()
        {
            lock (gate)
            {
                if (next is not null)
                {
                    return null;
                }

                next = new Reading();
                current ??= next;
                return next;
            }
        }

        public void End(Reading? reading, DateTimeOffset due)
        {
            lock (gate)
            {
                current = reading is { IsVoid: false } ? reading : current == next ? null : current;
                (next, ReadAt) = (null, reading is { IsVoid: true } ? DateTimeOffset.MinValue : due);
            }
        }

        public ArticleCard? Find(string id) => current?.Find(id);

        public void Forget(Change change)
        {
            lock (gate)
            {
                current?.Forget(change);
                next?.Forget(change);
                if (change.Everything)
                {
                    (current, ReadAt) = (null, DateTimeOffset.MinValue);
                }
            }
        }
    }
}
