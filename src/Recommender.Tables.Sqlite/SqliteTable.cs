using System.Globalization;

namespace Recommender.Tables.Sqlite;

/// <summary>One table of an SQLite file.</summary>
internal sealed class SqliteTable(SqliteTableStore store, string name) : ITable
{
    public string Name => name;

    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation) =>
        TableLimits.IsKey(partitionKey) && TableLimits.IsKey(rowKey)
            ? store.ReadAsync(session => session.Table(name).Get(partitionKey, rowKey), cancellation)
            : Task.FromResult<TableRow?>(null);

    public async Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, TableLimits.RowsPerPage);
        if (!TableLimits.IsKey(partitionKey))
        {
            return new RowPage([], null);
        }

        // No key holds a control character, so nothing stands between a key and that key with U+0001 behind it.
        var from = continuation is null ? range.From ?? "" : continuation + '\u0001';
        var rows = await store.ReadAsync(
            session => session.Table(name).Query(partitionKey, from, range.To, take + 1, cancellation), cancellation);
        if (rows.Count <= take)
        {
            return new RowPage(rows, null);
        }

        rows.RemoveAt(take);
        return new RowPage(rows, rows[^1].RowKey);
    }

    public async Task<IReadOnlyList<string?>> SubmitAsync(
        string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation)
    {
        TableLimits.Check(partitionKey, changes);
        if (changes.Count == 0)
        {
            return [];
        }

        var packed = changes.Select(change => change.Kind is RowChangeKind.Delete ? [] : PackedProperties.Pack(change.Row.Properties)).ToArray();
        return await store.WriteAsync(session => Apply(session, changes, packed), cancellation);
    }

    private string?[] Apply(SqliteSession session, IReadOnlyList<RowChange> changes, byte[][] packed)
    {
        var table = session.Table(name);
        var etag = SqliteSchema.TakeETags(session, changes.Count);
        var etags = new string?[changes.Count];
        for (var i = 0; i < changes.Count; i++, etag++)
        {
            if (!table.Apply(changes[i], packed[i], etag))
            {
                throw new RowConflictException(name, changes[i].Row.PartitionKey, changes[i].Row.RowKey);
            }

            etags[i] = changes[i].Kind is RowChangeKind.Delete ? null : etag.ToString(CultureInfo.InvariantCulture);
        }

        return etags;
    }
}
