using Azure.Data.Tables;

namespace Recommender.Tables.Azure;

/// <summary>
/// Rows as entities. An instant is kept as its UTC ticks under its name and <c>__ticks</c>, since Table Storage begins its calendar in 1601 and
/// not every implementation of it keeps the last digits; no other value's name may have two underscores in a row.
/// </summary>
internal static class AzureRows
{
    private const string Ticks = "__ticks";

    /// <summary>The entity of a row.</summary>
    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
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
            if (name is "PartitionKey" or "RowKey" or "Timestamp" || name.StartsWith("odata.", StringComparison.Ordinal) || value is null)
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
