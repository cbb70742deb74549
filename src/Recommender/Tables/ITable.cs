namespace Recommender.Tables;

/// <summary>
/// What the engine asks of a table store: point reads, ranges over row keys in one partition, and conditional batches in one
/// partition. Azure Table Storage has exactly these, so nothing above this contract can ask for a scan by accident.
/// Every member throws <see cref="TableUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface ITable
{
    /// <summary>The table's name, one of <see cref="TableNames"/>.</summary>
    string Name { get; }

    /// <summary>Reads one row, or null when there is none, as under a key that <see cref="TableLimits.IsKey"/> refuses.</summary>
    Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default);

    /// <summary>
    /// Reads up to <paramref name="take"/> rows (1 to <see cref="TableLimits.RowsPerPage"/>) of a partition in ordinal order of their keys,
    /// going on behind <paramref name="continuation"/>. A page may be short; only a null continuation ends the range.
    /// </summary>
    Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default);

    /// <summary>
    /// Applies all changes or none, and returns the rows' new ETags in the order of <paramref name="changes"/> (null for a deletion).
    /// At most <see cref="TableLimits.RowsPerBatch"/> changes, each of another row. A change that was made although its answer got lost, and that another writer came after at once, may be told as
    /// a conflict: what is read and changed again after one must bear to be changed twice.
    /// </summary>
    /// <exception cref="RowConflictException">A row is not as a change expects: it exists already, is missing, or has another ETag.</exception>
    /// <exception cref="TableLimitException">A key, value, row or the batch is larger than Table Storage takes.</exception>
    Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default);
}

/// <summary>A set of tables in one place: an Azure storage account or an SQLite file.</summary>
public interface ITableStore
{
    /// <summary>What an operator calls this store, without secrets: <c>sqlite:/data/stories.db</c>, <c>azure:account</c>.</summary>
    string Description { get; }

    /// <summary>The table of that name. Costs nothing and asks nothing of the store.</summary>
    ITable Table(string name);

    /// <summary>Creates what is missing of <see cref="TableNames.All"/>. Called once, when a process starts.</summary>
    Task EnsureCreatedAsync(CancellationToken cancellation = default);
}

/// <summary>Row keys from <paramref name="From"/> (inclusive, null: from the first) to <paramref name="To"/> (exclusive, null: to the last).</summary>
public readonly record struct RowRange(string? From = null, string? To = null)
{
    /// <summary>Every row of a partition.</summary>
    public static RowRange All => default;

    /// <summary>Every row whose key starts with <paramref name="prefix"/>, an empty one or one that ends in an ASCII character.</summary>
    public static RowRange StartingWith(string prefix)
    {
        if (prefix.Length == 0)
        {
            return All;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix[^1], '~', nameof(prefix));

        // The next character that a key may hold: a store may refuse the others in a filter too, and no key lies between.
        var next = (char)(prefix[^1] + 1);
        while (!TableLimits.IsKey(next.ToString()))
        {
            next++;
        }

        return new RowRange(prefix, prefix[..^1] + next);
    }
}

/// <summary>Rows in key order, and where to go on; a null <paramref name="Continuation"/> says there are no more.</summary>
public sealed record RowPage(IReadOnlyList<TableRow> Rows, string? Continuation);

/// <summary>What to do with one row of a batch.</summary>
public enum RowChangeKind
{
    /// <summary>Write a row that must not exist yet.</summary>
    Insert,

    /// <summary>Write the row, whatever was there.</summary>
    Upsert,

    /// <summary>Replace a row that must exist with the given ETag.</summary>
    Update,

    /// <summary>Delete the row; with an ETag it must exist with that one, without one it may be missing.</summary>
    Delete,
}

/// <summary>One change of a batch: made by the static methods, which say what each needs.</summary>
public sealed record RowChange(RowChangeKind Kind, TableRow Row, string? IfMatch)
{
    /// <summary>Writes a row that must not exist yet.</summary>
    public static RowChange Insert(TableRow row) => new(RowChangeKind.Insert, row, null);

    /// <summary>Writes the row, whatever was there: only where a single writer, or the same content from every writer, is certain.</summary>
    public static RowChange Upsert(TableRow row) => new(RowChangeKind.Upsert, row, null);

    /// <summary>Replaces the row that was read with <paramref name="ifMatch"/>.</summary>
    public static RowChange Update(TableRow row, string ifMatch) => new(RowChangeKind.Update, row, ifMatch);

    /// <summary>Deletes a row: the one that was read with <paramref name="ifMatch"/>, or whatever is there.</summary>
    public static RowChange Delete(string partitionKey, string rowKey, string? ifMatch = null) =>
        new(RowChangeKind.Delete, new TableRow(partitionKey, rowKey), ifMatch);
}
