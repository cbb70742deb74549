using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Recommender.Tables.Sqlite;

/// <summary>One table's statements on one connection, each compiled once.</summary>
internal sealed class SqliteStatements(SqliteConnection connection, string table)
{
    private readonly SqliteCommand get = Command(
        connection, $"SELECT etag, properties FROM \"{table}\" WHERE partition = $partition AND row = $row", "$partition", "$row");

    private readonly SqliteCommand query = Command(
        connection,
        $"SELECT row, etag, properties FROM \"{table}\" WHERE partition = $partition AND row >= $from AND row < $to ORDER BY row LIMIT $take",
        "$partition", "$from", "$to", "$take");

    private readonly SqliteCommand scan = Command(
        connection,
        $"SELECT partition, row, etag, properties FROM \"{table}\" WHERE (partition, row) > ($partition, $row) AND partition < $to ORDER BY partition, row LIMIT $take",
        "$partition", "$row", "$to", "$take");

    private readonly SqliteCommand insert = Command(
        connection,
        $"INSERT INTO \"{table}\" (partition, row, etag, properties) VALUES ($partition, $row, $etag, $properties) ON CONFLICT DO NOTHING",
        "$partition", "$row", "$etag", "$properties");

    private readonly SqliteCommand upsert = Command(
        connection,
        $"INSERT INTO \"{table}\" (partition, row, etag, properties) VALUES ($partition, $row, $etag, $properties) "
        + "ON CONFLICT (partition, row) DO UPDATE SET etag = excluded.etag, properties = excluded.properties",
        "$partition", "$row", "$etag", "$properties");

    private readonly SqliteCommand update = Command(
        connection,
        $"UPDATE \"{table}\" SET etag = $etag, properties = $properties WHERE partition = $partition AND row = $row AND etag = $ifMatch",
        "$partition", "$row", "$etag", "$properties", "$ifMatch");

    private readonly SqliteCommand delete = Command(
        connection, $"DELETE FROM \"{table}\" WHERE partition = $partition AND row = $row", "$partition", "$row");

    private readonly SqliteCommand deleteMatching = Command(
        connection,
        $"DELETE FROM \"{table}\" WHERE partition = $partition AND row = $row AND etag = $ifMatch", "$partition", "$row", "$ifMatch");

    /// <summary>One row, or null.</summary>
    public TableRow? Get(string partitionKey, string rowKey)
    {
        using var reader = Bind(get, partitionKey, rowKey).ExecuteReader();
        return reader.Read() ? Row(partitionKey, rowKey, reader, 0) : null;
    }

    /// <summary>Up to <paramref name="take"/> rows from one key (inclusive) to another (exclusive, null: to the last).</summary>
    public List<TableRow> Query(string partitionKey, string from, string? to, int take, CancellationToken cancellation)
    {
        // SQLite sorts every blob behind every text, so an empty blob is the bound that no key reaches.
        using var reader = Bind(query, partitionKey, from, to ?? (object)Array.Empty<byte>(), take).ExecuteReader();
        var rows = new List<TableRow>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Row(partitionKey, reader.GetString(0), reader, 1));
        }

        return rows;
    }

    /// <summary>Up to <paramref name="take"/> rows of any partitions behind one row, in partitions before <paramref name="to"/>.</summary>
    public List<TableRow> Scan(string partitionKey, string rowKey, string to, int take)
    {
        using var reader = Bind(scan, partitionKey, rowKey, to, take).ExecuteReader();
        var rows = new List<TableRow>();
        while (reader.Read())
        {
            rows.Add(Row(reader.GetString(0), reader.GetString(1), reader, 2));
        }

        return rows;
    }

    /// <summary>Applies one change; false when the row is not as the change expects.</summary>
    public bool Apply(RowChange change, byte[] properties, long etag)
    {
        var (partition, row) = (change.Row.PartitionKey, change.Row.RowKey);
        return change.Kind switch
        {
            RowChangeKind.Insert => Bind(insert, partition, row, etag, properties).ExecuteNonQuery() == 1,
            RowChangeKind.Upsert => Bind(upsert, partition, row, etag, properties).ExecuteNonQuery() > 0,
            RowChangeKind.Update =>
                Version(change.IfMatch) is { } read && Bind(update, partition, row, etag, properties, read).ExecuteNonQuery() == 1,
            RowChangeKind.Delete when change.IfMatch is null => Bind(delete, partition, row).ExecuteNonQuery() >= 0,
            RowChangeKind.Delete => Version(change.IfMatch) is { } read && Bind(deleteMatching, partition, row, read).ExecuteNonQuery() == 1,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "There is no such kind of change."),
        };
    }

    private static TableRow Row(string partitionKey, string rowKey, SqliteDataReader reader, int column) => new(partitionKey, rowKey)
    {
        ETag = reader.GetInt64(column).ToString(CultureInfo.InvariantCulture),
        Properties = PackedProperties.Unpack(reader.GetFieldValue<byte[]>(column + 1)),
    };

    private static long? Version(string? etag) => long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The table's name is checked where the table is made; everything else is constant.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
