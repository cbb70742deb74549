using System.Collections.Concurrent;
using Recommender.Sites;

namespace Recommender.Clicks;

/// <summary>Counts clicks in memory until <see cref="FlushAsync"/> writes them, all of a day in one row. A process that dies loses those since the last flush.</summary>
public sealed class ClickCounter(ClickTable table, TimeProvider time)
{
    /// <summary>Different clicks that are counted between two flushes; what is more is left out, so that nobody can fill the memory.</summary>
    public const int MostKinds = 50_000;

    private ConcurrentDictionary<(Site Site, DateOnly Day, Click Click), long> counts = new();

    /// <summary>Counts one.</summary>
    /// <returns>False when there are too many different ones since the last flush.</returns>
    public bool Add(Site site, Click click)
    {
        var current = counts;
        var key = (site, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), click);
        if (current.Count >= MostKinds && !current.ContainsKey(key))
        {
            return false;
        }

        current.AddOrUpdate(key, 1, (_, count) => count + 1);
        return true;
    }

    /// <summary>Writes what was counted. What cannot be written is counted again.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        var counted = Interlocked.Exchange(ref counts, new());
        foreach (var day in counted.GroupBy(entry => (entry.Key.Site, entry.Key.Day)))
        {
            try
            {
                await table.AddAsync(day.Key.Site, day.Key.Day, [.. day.Select(entry => new ClickCount(entry.Key.Click.Page, entry.Key.Click.Story, entry.Key.Click.Slot, entry.Value))], cancellation);
            }
            catch
            {
                foreach (var entry in day)
                {
                    counts.AddOrUpdate(entry.Key, entry.Value, (_, count) => count + entry.Value);
                }

                throw;
            }
        }
    }
}
