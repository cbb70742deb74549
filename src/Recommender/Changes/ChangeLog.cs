using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Changes;

/// <summary>
/// The changes of the last days, in order of time: partition <c>site ~ log</c> of the table Changes. Processes follow it to keep their caches true;
/// one small range read a second does for a whole site.
/// </summary>
public sealed class ChangeLog(ITableStore store, TimeProvider time)
{
    /// <summary>How long changes are kept: a week, for reindexes that run once in it, and a day for them to be late. Whoever has not looked for longer forgets everything.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(8);

    /// <summary>How much earlier than an instant is read what was told since then: clocks differ, and a row may become visible after a later one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    // Sweeps are not to the second.
    private static readonly TimeSpan Reach = Retention - TimeSpan.FromHours(1);

    // Followers look back three times this far, so a row that took longer to be written may have been passed over.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    private const int Attempts = 5;
    private const int NamesPerChange = 1_000;
    private const string Content = "Change";
    private readonly ITable table = store.Table(TableNames.Changes);
    private readonly string writer = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
    private long written;

    /// <summary>Tells all processes, this one included, of a change.</summary>
    public async Task AppendAsync(Site site, Change change, CancellationToken cancellation = default)
    {
        foreach (var part in Parts(change))
        {
            var properties = new Dictionary<string, object>();
            ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(part, EngineJson.Default.Change));
            for (var attempt = 1; !await TryInsertInTimeAsync(site, properties, cancellation) && attempt < Attempts; attempt++)
            {
            }
        }
    }

    /// <summary>What was appended at <paramref name="from"/> or later.</summary>
    public async Task<IReadOnlyList<LoggedChange>> ReadAsync(Site site, DateTimeOffset from, CancellationToken cancellation = default)
    {
        var changes = new List<LoggedChange>();
        await foreach (var row in table.QueryAllAsync(Partition(site), new RowRange(Keys.NoEarlierThan(from)), cancellation))
        {
            var change = JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.Change)!;
            changes.Add(new LoggedChange(row.RowKey, change, row.RowKey.Contains(writer, StringComparison.Ordinal)));
        }

        return changes;
    }

    /// <summary>What was told since an instant; null when that cannot be known, for it is too long ago, or the site became what a backup says since.</summary>
    public async Task<IReadOnlyList<LoggedChange>?> TrySinceAsync(Site site, DateTimeOffset instant, CancellationToken cancellation = default)
    {
        if (instant < time.GetUtcNow() - Reach)
        {
            return null;
        }

        var told = await ReadAsync(site, instant - Overlap, cancellation);
        return told.Any(entry => entry.Change.Restored) ? null : told;
    }

    /// <summary>Deletes what is older than <see cref="Retention"/>.</summary>
    public async Task SweepAsync(Site site, CancellationToken cancellation = default)
    {
        var old = new List<RowChange>();
        await foreach (var row in table.QueryAllAsync(Partition(site), new RowRange(null, Keys.NoEarlierThan(time.GetUtcNow() - Retention)), cancellation))
        {
            old.Add(RowChange.Delete(row.PartitionKey, row.RowKey));
        }

        await table.SubmitManyAsync(old, cancellation);
    }

    private async Task<bool> TryInsertInTimeAsync(Site site, Dictionary<string, object> properties, CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        var row = Keys.Oldest(begun, $"{writer}-{Interlocked.Increment(ref written)}");
        await table.SubmitAsync(RowChange.Insert(new TableRow(Partition(site), row) { Properties = properties }), cancellation);
        return time.GetUtcNow() - begun <= LongestWrite;
    }

    private static string Partition(Site site) => Keys.Join(site.Id, "log");

    // A row holds a megabyte; names are up to 256 characters.
    private static IEnumerable<Change> Parts(Change change)
    {
        if (change.Articles.Count + change.Lists.Count + change.Pages.Count <= NamesPerChange)
        {
            return [change];
        }

        return change.Articles.Chunk(NamesPerChange).Select(names => new Change { Articles = names, ByRun = change.ByRun })
            .Concat(change.Lists.Chunk(NamesPerChange).Select(names => new Change { Lists = names }))
            .Concat(change.Pages.Chunk(NamesPerChange).Select(names => new Change { Pages = names }))
            .Append(change with { Articles = [], Lists = [], Pages = [] });
    }
}

/// <summary>A change as it stands in the log.</summary>
/// <param name="Key">Tells it from every other.</param>
/// <param name="Change">What happened.</param>
/// <param name="Own">Whether this process appended it.</param>
public readonly record struct LoggedChange(string Key, Change Change, bool Own);
