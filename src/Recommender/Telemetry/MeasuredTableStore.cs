using Recommender.Tables;

namespace Recommender.Telemetry;

/// <summary>A store that measures and traces every call of another.</summary>
public sealed class MeasuredTableStore(ITableStore store, Measurements measurements, TimeProvider time) : ITableStore, IDisposable
{
    /// <inheritdoc/>
    public string Description => store.Description;

    /// <inheritdoc/>
    public ITable Table(string name) => new MeasuredTable(store.Table(name), measurements, time);

    /// <inheritdoc/>
    public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => (store as IDisposable)?.Dispose();
}
