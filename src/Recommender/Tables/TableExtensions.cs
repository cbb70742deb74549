using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Recommender.Tables;

/// <summary>What can be said of any <see cref="ITable"/> in terms of its three operations.</summary>
public static class TableExtensions
{
    private const int Attempts = 50;
    private const int LongestPause = 100;
    private const int Parallelism = 16;

    /// <summary>All rows of a range, page by page.</summary>
    public static async IAsyncEnumerable<TableRow> QueryAllAsync(
        this ITable table, string partitionKey, RowRange range = default, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(partitionKey, range, TableLimits.RowsPerPage, continuation, cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Applies one change and returns the row's new ETag.</summary>
    public static async Task<string?> SubmitAsync(this ITable table, RowChange change, CancellationToken cancellation = default) =>
        (await table.SubmitAsync(change.Row.PartitionKey, [change], cancellation))[0];

    /// <summary>Writes rows of any partitions in as few batches as the limits allow, several at a time. Each batch is atomic, the whole is not.</summary>
    /// <returns>The rows' new ETags, by partition and row key; null for deleted ones.</returns>
    public static async Task<IReadOnlyDictionary<(string PartitionKey, string RowKey), string?>> SubmitManyAsync(
        this ITable table, IEnumerable<RowChange> changes, CancellationToken cancellation = default)
    {
        var etags = new ConcurrentDictionary<(string, string), string?>();
        var batches = changes.GroupBy(change => change.Row.PartitionKey, StringComparer.Ordinal).SelectMany(Batches);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(batches, options, async (batch, token) =>
        {
            var written = await table.SubmitAsync(batch[0].Row.PartitionKey, batch, token);
            for (var i = 0; i < batch.Count; i++)
            {
                etags[(batch[i].Row.PartitionKey, batch[i].Row.RowKey)] = written[i];
            }
        });
        return etags;
    }

    /// <summary>
    /// Reads a row, lets <paramref name="change"/> say what it becomes (null: leave it as it is) and writes that, again from the start when another writer came between.
    /// </summary>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="RowConflictException">Other writers came between every time.</exception>
    public static async Task<bool> ModifyAsync(
        this ITable table, string partitionKey, string rowKey, Func<TableRow?, TableRow?> change, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = await table.GetAsync(partitionKey, rowKey, cancellation);
            if (change(current) is not { } next)
            {
                return false;
            }

            try
            {
                await table.SubmitAsync(current is null ? RowChange.Insert(next) : RowChange.Update(next, current.ETag!), cancellation);
                return true;
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, Math.Min(10 * attempt, LongestPause))), cancellation);
            }
        }
    }

    /// <summary>
    /// Changes rows of any partitions, each as <see cref="ModifyAsync"/> does one, but in as few batches as the limits allow. <paramref name="change"/> is asked for several rows at a time, and again for
    /// one that another writer came between.
    /// </summary>
    public static async Task ModifyManyAsync(
        this ITable table, IEnumerable<(string PartitionKey, string RowKey)> keys, Func<TableRow?, TableRow?> change, CancellationToken cancellation = default)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        var changes = new ConcurrentBag<RowChange>();
        await Parallel.ForEachAsync(keys, options, async (key, token) =>
        {
            var current = await table.GetAsync(key.PartitionKey, key.RowKey, token);
            if (change(current) is { } next)
            {
                changes.Add(current is null ? RowChange.Insert(next) : RowChange.Update(next, current.ETag!));
            }
        });
        await Parallel.ForEachAsync(changes.GroupBy(row => row.Row.PartitionKey, StringComparer.Ordinal).SelectMany(Batches), options, async (batch, token) =>
        {
            try
            {
                await table.SubmitAsync(batch[0].Row.PartitionKey, batch, token);
            }
            catch (RowConflictException)
            {
                foreach (var row in batch)
                {
                    await table.ModifyAsync(row.Row.PartitionKey, row.Row.RowKey, change, token);
                }
            }
        });
    }

    private static IEnumerable<List<RowChange>> Batches(IGrouping<string, RowChange> partition)
    {
        var batch = new List<RowChange>();
        long bytes = 0;
        foreach (var change in partition)
        {
            var size = TableLimits.PayloadOf(change.Row);
            if (batch.Count == TableLimits.RowsPerBatch || (batch.Count > 0 && bytes + size > TableLimits.BytesPerBatch))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(change);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
