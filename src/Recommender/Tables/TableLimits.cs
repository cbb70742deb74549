using System.Text;

namespace Recommender.Tables;

/// <summary>
/// What Table Storage allows. Source: Azure documentation, "Understanding the Table service data model" and
/// "Performing entity group transactions". Both stores enforce them through this class.
/// </summary>
public static class TableLimits
{
    /// <summary>Rows that one batch may change.</summary>
    public const int RowsPerBatch = 100;

    /// <summary>Bytes that one batch may send: 4 MiB.</summary>
    public const int BytesPerBatch = 4 * 1024 * 1024;

    /// <summary>Rows that one answer may hold.</summary>
    public const int RowsPerPage = 1_000;

    /// <summary>Bytes of one row: 1 MiB, names and keys included.</summary>
    public const int BytesPerRow = 1024 * 1024;

    /// <summary>Bytes of one value: 64 KiB; text is stored as UTF-16.</summary>
    public const int BytesPerValue = 64 * 1024;

    /// <summary>Characters of a partition key or row key.</summary>
    public const int KeyLength = 512;

    /// <summary>Values that one row may have, besides its keys and timestamp.</summary>
    public const int ValuesPerRow = 252;

    /// <summary>Whether <paramref name="key"/> is free of what a key may not hold: <c>/ \ # ?</c> and control characters.</summary>
    public static bool IsKey(string key) =>
        key.Length <= KeyLength && !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));

    /// <summary>Throws unless a batch is within all limits and names each row once.</summary>
    /// <exception cref="TableLimitException">It is not; the message says what is too large.</exception>
    public static void Check(string partitionKey, IReadOnlyList<RowChange> changes)
    {
        if (changes.Count > RowsPerBatch)
        {
            throw new TableLimitException($"A batch changes at most {RowsPerBatch} rows, not {changes.Count}.");
        }

        CheckKey("partition key", partitionKey);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long total = 0;
        foreach (var change in changes)
        {
            if (change.Row.PartitionKey != partitionKey)
            {
                throw new TableLimitException($"A batch stays in one partition: '{change.Row.PartitionKey}' is not '{partitionKey}'.");
            }

            if (!seen.Add(change.Row.RowKey))
            {
                throw new TableLimitException($"A batch changes each row once, and row '{change.Row.RowKey}' stands in it twice.");
            }

            total += SizeOf(change.Row);
        }

        if (total > BytesPerBatch)
        {
            throw new TableLimitException($"A batch holds at most {BytesPerBatch} bytes, not {total}.");
        }
    }

    /// <summary>The bytes that a row counts for, keys and names included; throws when a part of it is too large.</summary>
    /// <exception cref="TableLimitException">A key, a value or the row is larger than allowed.</exception>
    public static int SizeOf(TableRow row)
    {
        CheckKey("row key", row.RowKey);
        if (row.Properties.Count > ValuesPerRow)
        {
            throw new TableLimitException($"A row has at most {ValuesPerRow} values, not {row.Properties.Count}.");
        }

        var size = 4 + (2 * (row.PartitionKey.Length + row.RowKey.Length));
        foreach (var (name, value) in row.Properties)
        {
            var bytes = value switch
            {
                string text => 4 + Encoding.Unicode.GetByteCount(text),
                byte[] binary => 4 + binary.Length,
                bool => 1,
                long or double or DateTimeOffset => 8,
                _ => throw new TableLimitException($"Value '{name}' has type {value.GetType().Name}, which a table cannot hold."),
            };
            if (bytes - 4 > BytesPerValue)
            {
                throw new TableLimitException($"Value '{name}' holds at most {BytesPerValue} bytes, not {bytes - 4}.");
            }

            size += 8 + (2 * name.Length) + bytes;
        }

        return size <= BytesPerRow
            ? size
            : throw new TableLimitException($"Row '{row.RowKey}' holds at most {BytesPerRow} bytes, not {size}.");
    }

    private static void CheckKey(string what, string key)
    {
        if (!IsKey(key))
        {
            throw new TableLimitException($"The {what} '{key}' is longer than {KeyLength} characters or holds one of / \\ # ? or a control character.");
        }
    }
}
