using Recommender.Tables;

namespace Recommender.Tests.Support;

/// <summary>A store that takes a number of writes and none after: what a process that is killed leaves behind.</summary>
/// <param name="store">The real store.</param>
/// <param name="writes">How many writes it takes.</param>
/// <param name="only">The one table that stops taking writes; null for all.</param>
public sealed class DyingStore(ITableStore store, int writes, string? only = null) : ITableStore
{
    private int left = writes;

    public string Description => store.Description;

    public ITable Table(string name) => only is null || only == name ? new DyingTable(this, store.Table(name)) : store.Table(name);

    public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

    private sealed class DyingTable(DyingStore owner, ITable table) : ITable
    {
        public string Name => table.Name;

        public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) => table.GetAsync(partitionKey, rowKey, cancellation);

        public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) =>
            table.QueryAsync(partitionKey, range, take, continuation, cancellation);

        public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) =>
            Interlocked.Decrement(ref owner.left) >= 0
                ? table.SubmitAsync(partitionKey, changes, cancellation)
                : throw new TableUnavailableException("The process was killed.");
    }
}
