using System.Diagnostics;
using Recommender.Tables;

namespace Recommender.Telemetry;

/// <summary>A table whose calls are measured and traced. While nobody listens it only hands them on.</summary>
internal sealed class MeasuredTable(ITable table, Measurements measurements, TimeProvider time) : ITable
{
    private const string Get = "get";
    private const string Query = "query";
    private const string Submit = "submit";

    public string Name => table.Name;

    private bool HasListener => measurements.StorageDuration.Enabled || Activities.Source.HasListeners();

    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) => HasListener
        ? MeasureAsync(Get, (partitionKey, rowKey, cancellation), static (table, asked) => table.GetAsync(asked.partitionKey, asked.rowKey, asked.cancellation))
        : table.GetAsync(partitionKey, rowKey, cancellation);

    public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) => HasListener
        ? MeasureAsync(
            Query,
            (partitionKey, range, take, continuation, cancellation),
            static (table, asked) => table.QueryAsync(asked.partitionKey, asked.range, asked.take, asked.continuation, asked.cancellation))
        : table.QueryAsync(partitionKey, range, take, continuation, cancellation);

    public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) => HasListener
        ? MeasureAsync(Submit, (partitionKey, changes, cancellation), static (table, asked) => table.SubmitAsync(asked.partitionKey, asked.changes, asked.cancellation))
        : table.SubmitAsync(partitionKey, changes, cancellation);

    private async Task<TResult> MeasureAsync<TAsked, TResult>(string operation, TAsked asked, Func<ITable, TAsked, Task<TResult>> call)
    {
        using var activity = Activities.Source.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag("table", Name);
        var started = time.GetTimestamp();
        var outcome = "ok";
        try
        {
            return await call(table, asked);
        }
        catch (Exception failure)
        {
            outcome = failure switch
            {
                RowConflictException => "conflict",
                TableUnavailableException => "unavailable",
                OperationCanceledException => "cancelled",
                _ => "failed",
            };
            activity?.SetStatus(failure is RowConflictException ? ActivityStatusCode.Unset : ActivityStatusCode.Error, outcome);
            throw;
        }
        finally
        {
            measurements.StorageDuration.Record(time.GetElapsedTime(started).TotalSeconds, new("table", Name), new("operation", operation), new("outcome", outcome));
        }
    }
}
