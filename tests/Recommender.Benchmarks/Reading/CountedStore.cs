using Recommender.Tables;

namespace Recommender.Benchmarks.Reading;

/// <summary>A store that counts what is asked of another. What follows the log of changes, once a second whatever readers ask, is left out.</summary>
internal sealed class CountedStore(ITableStore store) : ITableStore
{
    private long pointReads;
    private long others;

    /// <inheritdoc/>
    public string Description => store.Description;

    /// <summary>Rows that were read by their key.</summary>
    public long PointReads => Interlocked.Read(ref pointReads);

    /// <summary>Ranges that were read, and batches.</summary>
    public long Others => Interlocked.Read(ref others);

    /// <summary>All of them: what Azure Table Storage bills as transactions.</summary>
    public long Transactions => PointReads + Others;

    /// <inheritdoc/>
    public ITable Table(string name) => name == TableNames.Changes ? store.Table(name) : new Counted(this, store.Table(name));

    /// <inheritdoc/>
    public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

    private sealed class Counted(CountedStore counts, ITable table) : ITable
    {
        public string Name => table.Name;

        public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation)
        {
            Interlocked.Increment(ref counts.pointReads);
            return table.GetAsync(partitionKey, rowKey, cancellation);
        }

        public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation, CancellationToken cancellation)
        {
            Interlocked.Increment(ref counts.others);
            return table.QueryAsync(partitionKey, range, take, continuation, cancellation);
        }

        public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation)
        {
            Interlocked.Increment(ref counts.others);
            return table.SubmitAsync(partitionKey, changes, cancellation);
        }
    }
}
