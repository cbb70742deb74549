using System.Buffers;

namespace Recommender.Tables;

/// <summary>
/// What Table Storage allows. Source: Azure documentation, "Understanding the Table service data model" and
/// "Performing entity group transactions". Both stores enforce them through this class.
/// </summary>
public static class TableLimits
{
    /// <summary>Rows that one batch may change.</summary>
    public const int RowsPerBatch = 100;

    /// <summary>Bytes that one batch may send, as <see cref="PayloadOf(TableRow)"/> counts them: 4 MiB.</summary>
    public const int BytesPerBatch = 4 * 1024 * 1024;

    /// <summary>Rows that one answer may hold.</summary>
    public const int RowsPerPage = 1_000;

    /// <summary>Bytes of one row: 1 MiB, names and keys included.</summary>
    public const int BytesPerRow = 1024 * 1024;

    /// <summary>Bytes of one value: 64 KiB; text is stored as UTF-16.</summary>
    public const int BytesPerValue = 64 * 1024;

    /// <summary>Characters of a partition key or row key.</summary>
    public const int KeyLength = 512;

    /// <summary>Values that one row may have, besides its keys and timestamp: 252, less the mark by which a store may know its own writes again.</summary>
    public const int ValuesPerRow = 251;

    /// <summary>Characters of a value's name.</summary>
    public const int NameLength = 255;

    // Eight bytes under a short name.
    private const int BytesOfMark = 8 + (2 * 8) + 4 + 8;

    // Headers of one part of a multipart request and the frame of its JSON; what Azure.Data.Tables sends is about half of it.
    private const int PayloadPerChange = 1024;
    private const int PayloadPerValue = 64;

    // A JSON writer may write any character that is not a plain letter, digit or the like as \uXXXX.
    private const int PayloadPerEscape = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_.,:;!?()[]{}*=~@$%|^/#");

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>
    /// Whether <paramref name="key"/> is short enough and free of what a key may not hold: <c>/ \ # ?</c>, control characters and halves of
    /// surrogate pairs. A row under any other key cannot exist.
    /// </summary>
    public static bool IsKey(string key)
    {
        if (key.Length > KeyLength)
        {
            return false;
        }

        return IsWellFormed(key) && !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
    }

    /// <summary>Whether a text is free of halves of surrogate pairs: two that differ only in these become one when they are written as UTF-8.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns <paramref name="name"/> when it can name a table: 3 to 63 ASCII letters and digits, a letter first.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static string CheckTableName(string name) =>
        name.Length is >= 3 and <= 63 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new ArgumentException($"'{name}' cannot name a table: that takes 3 to 63 ASCII letters and digits, a letter first.", nameof(name));

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

            _ = SizeOf(change.Row);
            total += PayloadOf(change.Row);
        }

        if (total > BytesPerBatch)
        {
            throw new TableLimitException($"A batch sends at most {BytesPerBatch} bytes, not up to {total}.");
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

        var size = 4 + BytesOfMark + (2 * (row.PartitionKey.Length + row.RowKey.Length));
        foreach (var (name, value) in row.Properties)
        {
            CheckName(name);
            var bytes = value switch
            {
                string text => 4 + (2 * text.Length),
                byte[] binary => 4 + binary.Length,
                bool => 1,
                double real when !double.IsFinite(real) => throw new TableLimitException($"Value '{name}' is {real}, which a table cannot hold."),
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

    /// <summary>The most bytes that a change of this row can add to a batch's request: JSON, with bytes as Base64 and most of Unicode escaped.</summary>
    public static long PayloadOf(TableRow row)
    {
        long payload = PayloadPerChange + (2 * (PayloadOf(row.PartitionKey) + PayloadOf(row.RowKey)));
        foreach (var (name, value) in row.Properties)
        {
            payload += PayloadPerValue + (2 * name.Length) + value switch
            {
                string text => PayloadOf(text),

                // One Base64 digit in 64 is a plus sign, which a JSON writer may escape; images of real bytes stay well below one in eight.
                byte[] bytes => (bytes.Length * 4L / 3 * (8 + PayloadPerEscape) / 8) + 4,
                _ => 32,
            };
        }

        return payload;
    }

    private static long PayloadOf(string text)
    {
        long payload = 0;
        foreach (var character in text)
        {
            payload += Plain.Contains(character) ? 1 : PayloadPerEscape;
        }

        return payload;
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > NameLength || char.IsAsciiDigit(name[0]) || name.AsSpan().ContainsAnyExcept(NameCharacters)
            || name.Contains("__", StringComparison.Ordinal) || name is "PartitionKey" or "RowKey" or "Timestamp")
        {
            throw new TableLimitException(
                $"'{name}' cannot name a value: that takes up to {NameLength} ASCII letters, digits and single underscores, no digit first, and none of the names of keys and timestamp.");
        }
    }

    private static void CheckKey(string what, string key)
    {
        if (!IsKey(key))
        {
            throw new TableLimitException($"The {what} '{key}' is longer than {KeyLength} characters or holds one of / \\ # ? or a control character.");
        }
    }
}
