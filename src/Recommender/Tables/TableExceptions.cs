namespace Recommender.Tables;

/// <summary>A row was not as a change expected it: somebody else wrote it first. Read again and decide again.</summary>
public sealed class RowConflictException(string table, string partitionKey, string rowKey, Exception? inner = null)
    : Exception($"Row '{rowKey}' of partition '{partitionKey}' in table '{table}' was changed by another writer.", inner)
{
    /// <summary>The key of the row that conflicted, or of the batch's first row when the store does not tell.</summary>
    public string RowKey { get; } = rowKey;
}

/// <summary>Something is larger than Table Storage takes. The SQLite store throws it too, so that what runs there runs on Azure.</summary>
public sealed class TableLimitException(string message) : Exception(message);

/// <summary>The store did not answer after its retries: worth another try later, and no reason to drop what is cached.</summary>
public sealed class TableUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
