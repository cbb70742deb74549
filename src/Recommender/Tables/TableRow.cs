namespace Recommender.Tables;

/// <summary>
/// One entity of a table: its two keys, an opaque version and named values. Values are <see cref="string"/>, <see cref="byte"/>[],
/// <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="DateTimeOffset"/> (kept in UTC to the tick); an absent value has no entry.
/// </summary>
/// <param name="PartitionKey">Rows of one partition are stored together and can change atomically.</param>
/// <param name="RowKey">Unique in its partition; rows come back in ordinal order of it.</param>
public sealed record TableRow(string PartitionKey, string RowKey)
{
    /// <summary>The named values.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>();

    /// <summary>The version that the store gave the row; null for a row that was not read from a store.</summary>
    public string? ETag { get; init; }

    /// <summary>The text under <paramref name="name"/>, or null.</summary>
    public string? Text(string name) => Properties.GetValueOrDefault(name) as string;

    /// <summary>The bytes under <paramref name="name"/>, or null.</summary>
    public byte[]? Bytes(string name) => Properties.GetValueOrDefault(name) as byte[];

    /// <summary>The whole number under <paramref name="name"/>, or null.</summary>
    public long? Number(string name) => Properties.GetValueOrDefault(name) as long?;

    /// <summary>The real number under <paramref name="name"/>, or null.</summary>
    public double? Real(string name) => Properties.GetValueOrDefault(name) as double?;

    /// <summary>The truth value under <paramref name="name"/>; false when absent.</summary>
    public bool Flag(string name) => Properties.GetValueOrDefault(name) is true;

    /// <summary>The instant under <paramref name="name"/>, or null.</summary>
    public DateTimeOffset? Time(string name) => Properties.GetValueOrDefault(name) as DateTimeOffset?;
}
