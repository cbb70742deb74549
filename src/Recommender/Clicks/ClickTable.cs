using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Clicks;

/// <summary>
/// Where clicks are kept: partition <c>site ~ yyyyMMdd</c>, a row for each time that a process wrote what it had counted, so that no two writers meet. The sweep makes few rows of many, and deletes old days.
/// </summary>
public sealed class ClickTable(ITableStore store, TimeProvider time)
{
    /// <summary>Days that are kept.</summary>
    public const int DaysKept = 90;

    // Days further back than these were deleted by earlier sweeps.
    private const int DaysSwept = 14;

    // A change of each row that goes and of the one that comes, in one batch: nothing is counted twice or lost.
    private const int RowsMerged = TableLimits.RowsPerBatch - 1;
    private const int MostInRow = 20_000;
    private const string Content = "Clicks";

    private readonly ITable table = store.Table(TableNames.Clicks);
    private readonly string writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private long written;

    /// <summary>Adds counts to those of a day.</summary>
    public async Task AddAsync(Site site, DateOnly day, IReadOnlyList<ClickCount> counts, CancellationToken cancellation = default)
    {
        foreach (var part in counts.Chunk(MostInRow))
        {
            await table.SubmitAsync(RowChange.Insert(Row(Partition(site, day), part)), cancellation);
        }
    }

    /// <summary>The counts of a day (in UTC).</summary>
    public async Task<IReadOnlyList<ClickCount>> OfAsync(Site site, DateOnly day, CancellationToken cancellation = default)
    {
        var counts = new List<ClickCount>();
        await foreach (var row in table.QueryAllAsync(Partition(site, day), cancellation: cancellation))
        {
            counts.AddRange(Read(row));
        }

        return ClickCount.Merge(counts);
    }

    /// <summary>Makes few rows of many and deletes days older than <see cref="DaysKept"/>. One process at a time.</summary>
    public async Task SweepAsync(Site site, CancellationToken cancellation = default)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var day in new[] { today, today.AddDays(-1) })
        {
            await MergeAsync(Partition(site, day), cancellation);
        }

        for (var back = DaysKept + 1; back <= DaysKept + DaysSwept; back++)
        {
            var old = new List<RowChange>();
            await foreach (var row in table.QueryAllAsync(Partition(site, today.AddDays(-back)), cancellation: cancellation))
            {
                old.Add(RowChange.Delete(row.PartitionKey, row.RowKey));
            }

            await table.SubmitManyAsync(old, cancellation);
        }
    }

    private async Task MergeAsync(string partition, CancellationToken cancellation)
    {
        var rows = new List<TableRow>();
        await foreach (var row in table.QueryAllAsync(partition, cancellation: cancellation))
        {
            rows.Add(row);
        }

        foreach (var some in rows.Chunk(RowsMerged).Where(some => some.Length > 1))
        {
            var merged = ClickCount.Merge(some.SelectMany(Read));
            if (merged.Count <= MostInRow)
            {
                await table.SubmitAsync(
                    partition, [RowChange.Insert(Row(partition, merged)), .. some.Select(row => RowChange.Delete(partition, row.RowKey, row.ETag))], cancellation);
            }
        }
    }

    private TableRow Row(string partition, IReadOnlyList<ClickCount> counts)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(counts, EngineJson.Default.IReadOnlyListClickCount));
        var number = Interlocked.Increment(ref written).ToString(CultureInfo.InvariantCulture);
        return new TableRow(partition, Keys.Oldest(time.GetUtcNow(), $"{writer}-{number}")) { Properties = properties };
    }

    private static IReadOnlyList<ClickCount> Read(TableRow row) => JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.IReadOnlyListClickCount)!;

    private static string Partition(Site site, DateOnly day) => Keys.Join(site.Id, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
}
