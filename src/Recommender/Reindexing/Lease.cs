using Recommender.Tables;

namespace Recommender.Reindexing;

/// <summary>
/// The right to be the only one at some work. It is renewed in the background until it is disposed of; when that does not succeed in time, or another process has taken it,
/// <see cref="Lost"/> is cancelled and the work must stop.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly ITable table;
    private readonly TimeProvider time;
    private readonly TableRow row;
    private readonly string owner;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource released = new();
    private readonly ITimer deadline;
    private readonly Task renewing;

    internal Lease(ITable table, TableRow row, TimeProvider time)
    {
        (this.table, this.row, this.time) = (table, row, time);
        owner = row.Text(LeaseTable.Owner)!;
        Fence = row.Number(LeaseTable.Fence)!.Value;
        deadline = time.CreateTimer(_ => Lose(), null, row.Time(LeaseTable.Expires)!.Value - time.GetUtcNow() - LeaseTable.Margin, Timeout.InfiniteTimeSpan);
        renewing = RenewAsync();
    }

    /// <summary>Greater than that of every earlier holder.</summary>
    public long Fence { get; }

    /// <summary>Cancelled when the lease is not held any more.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Gives the lease back, so that the next can have it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (released.IsCancellationRequested)
        {
            return;
        }

        await released.CancelAsync();
        await renewing;
        await deadline.DisposeAsync();
        try
        {
            await WriteAsync(time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception failure) when (failure is TableUnavailableException or RowConflictException)
        {
            // It runs out by itself.
        }
    }

    private async Task RenewAsync()
    {
        var wait = LeaseTable.RenewalInterval;
        while (!Lost.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, time, released.Token);
                var now = time.GetUtcNow();
                if (!await WriteAsync(now + LeaseTable.Term, released.Token))
                {
                    Lose();
                    return;
                }

                deadline.Change(LeaseTable.Term - LeaseTable.Margin - (time.GetUtcNow() - now), Timeout.InfiniteTimeSpan);
                wait = LeaseTable.RenewalInterval;
            }
            catch (Exception failure) when (failure is TableUnavailableException or RowConflictException)
            {
                wait = RetryInterval;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task<bool> WriteAsync(DateTimeOffset expires, CancellationToken cancellation) => table.ModifyAsync(
        row.PartitionKey,
        row.RowKey,
        current => current?.Text(LeaseTable.Owner) == owner ? LeaseTable.Row(row.PartitionKey, row.RowKey, owner, expires, Fence) : null,
        cancellation);

    private void Lose()
    {
        try
        {
            lost.Cancel();
        }
        catch (AggregateException)
        {
            // What a listener throws is its own affair.
        }
    }
}
