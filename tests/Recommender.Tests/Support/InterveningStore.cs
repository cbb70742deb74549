using Recommender.Tables;

namespace Recommender.Tests.Support;

/// <summary>A real store in which something happens before a read or a write of some tables.</summary>
public abstract class InterveningStore(ITableStore store) : ITableStore
{
    public string Description => store.Description;

    public ITable Table(string name) => new InterveningTable(this, store.Table(name));

    public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

    protected virtual Task BeforeReadAsync(string name) => Task.CompletedTask;

    protected virtual Task BeforeWriteAsync(string name) => Task.CompletedTask;

    private sealed class InterveningTable(InterveningStore owner, ITable table) : ITable
    {
        public string Name => table.Name;

        public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            await owner.BeforeReadAsync(Name);
            return await table.GetAsync(partitionKey, rowKey, cancellation);
        }

        public async Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default)
        {
            await owner.BeforeReadAsync(Name);
            return await table.QueryAsync(partitionKey, range, take, continuation, cancellation);
        }

        public async Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
        {
            await owner.BeforeWriteAsync(Name);
            return await table.SubmitAsync(partitionKey, changes, cancellation);
        }
    }
}

/// <summary>A store in which writes of one table wait at a gate.</summary>
public sealed class PausingStore(ITableStore store, string table, SemaphoreSlim gate) : InterveningStore(store)
{
    protected override Task BeforeWriteAsync(string name) => name == table ? gate.WaitAsync() : Task.CompletedTask;
}

/// <summary>A store in which somebody else acts before each write of one table.</summary>
public sealed class MeddlingStore(ITableStore store, string table, Func<Task> act) : InterveningStore(store)
{
    protected override Task BeforeWriteAsync(string name) => name == table ? act() : Task.CompletedTask;
}

/// <summary>A store that does not answer while it is <see cref="IsDown"/>, and answers never while it <see cref="Hangs"/>.</summary>
public sealed class FailingStore(ITableStore store) : InterveningStore(store)
{
    private readonly TaskCompletionSource awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDown { get; set; }

    public bool Hangs { get; set; }

    public int Reads { get; private set; }

    public void Wake() => awake.TrySetResult();

    protected override Task BeforeReadAsync(string name)
    {
        Reads++;
        return BeforeWriteAsync(name);
    }

    protected override Task BeforeWriteAsync(string name) =>
        IsDown ? throw new TableUnavailableException("The store is down.") : Hangs ? awake.Task : Task.CompletedTask;
}

/// <summary>A store that takes any number of writes until <see cref="Writes"/> is set, and only so many after.</summary>
public sealed class DyingLater
{
    private int left = int.MaxValue;

    public int Writes { set => left = value; }

    public ITableStore Wrap(ITableStore store) => new Dying(this, store);

    private sealed class Dying(DyingLater owner, ITableStore store) : InterveningStore(store)
    {
        protected override Task BeforeWriteAsync(string name) => Interlocked.Decrement(ref owner.left) >= 0
            ? Task.CompletedTask
            : throw new TableUnavailableException("The process was killed.");
    }
}
