using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Reindexing;

/// <summary>
/// Lets one process at a time work at something: partition <c>site ~ leases</c> of the table Runs, a row for each kind of work. A lease runs out by itself, so a process that died
/// stands in nobody's way for longer than <see cref="Term"/>, and on its own machine not even that long.
/// </summary>
public sealed class LeaseTable(ITableStore store, TimeProvider time)
{
    /// <summary>How long a lease lasts that is not renewed.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(60);

    /// <summary>How often its holder renews it.</summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long before its end a holder that could not renew it stops working: by so much may the clocks of two processes differ.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    internal const string Owner = "Owner";
    internal const string Expires = "Expires";
    internal const string Fence = "Fence";
    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>Takes the lease of a site's work and keeps it until it is disposed of; null when another holder has it.</summary>
    public async Task<Lease?> TryTakeAsync(Site site, string work, CancellationToken cancellation = default)
    {
        var (partition, row) = (Keys.Join(site.Id, "leases"), Keys.Join(work));
        var owner = ProcessName.New();
        var now = time.GetUtcNow();
        TableRow? taken = null;
        await table.ModifyAsync(
            partition,
            row,
            current =>
            {
                // An attempt whose answer was lost comes here again and finds itself the owner.
                if (current?.Text(Owner) == owner)
                {
                    return null;
                }

                now = time.GetUtcNow();
                taken = current?.Time(Expires) > now && !ProcessName.IsGone(current.Text(Owner)!) ? null : Row(partition, row, owner, now + Term, (current?.Number(Fence) ?? 0) + 1);
                return taken;
            },
            cancellation);
        return taken is null ? null : new Lease(table, taken, time);
    }

    internal static TableRow Row(string partition, string row, string owner, DateTimeOffset expires, long fence) => new(partition, row)
    {
        Properties = new Dictionary<string, object> { [Owner] = owner, [Expires] = expires, [Fence] = fence },
    };
}
