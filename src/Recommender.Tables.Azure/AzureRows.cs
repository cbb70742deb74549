using Azure.Data.Tables;

namespace Recommender.Tables.Azure;

/// <summary>
/// Rows as entities. An instant is kept as its UTC ticks under its name and <c>__ticks</c>, since Table Storage begins its calendar in 1601 and
/// not every implementation of it keeps the last digits; no other value's name may have two underscores in a row.
/// </summary>
internal static class AzureRows
{
    private const string Ticks = "__ticks";

    /// <summary>Name of the mark that a write leaves in the rows that it makes or changes, by which it knows them again.</summary>
    public const string Mark = "__write";

    /// <summary>The entity of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="mark">The mark of the write; null for one that need not know the row again.</param>
    public static TableEntity ToEntity(TableRow row, byte[]? mark = null)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        if (mark is not null)
        {
            entity[Mark] = mark;
        }

        foreach (var (name, value) in row.Properties)
        {
            if (value is DateTimeOffset instant)
            {
                entity[name + Ticks] = instant.UtcTicks;
            }
            else
            {
                entity[name] = value;
            }
        }

        return entity;
    }

    /// <summary>The row of an entity.</summary>
    public static TableRow ToRow(TableEntity entity)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (name is "PartitionKey" or "RowKey" or "Timestamp" or Mark || name.StartsWith("odata.", StringComparison.Ordinal) || value is null)
            {
                continue;
            }

            if (value is long ticks && name.EndsWith(Ticks, StringComparison.Ordinal))
            {
                properties[name[..^Ticks.Length]] = new DateTimeOffset(ticks, TimeSpan.Zero);
            }
            else
            {
                // No row is written with a 32-bit number: it is a real number that came without its decimal point.
                properties[name] = value is int whole ? (double)whole : value;
            }
        }

        return new TableRow(entity.PartitionKey, entity.RowKey) { ETag = entity.ETag.ToString(), Properties = properties };
    }
}
