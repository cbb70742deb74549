using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    [SkippableFact]
    public async Task A_scan_gives_every_row_of_the_site_in_order_of_both_keys_and_none_of_another()
    {
        const int Many = 1_050;
        string[] partitions = ["scan", "scan~", "scan~1", "scan~10", "scan~1~a", "scan~=7E", "scan~A", "scan~_", "scan~a", "scan~z~"];
        string[] others = ["sca~a", "scan-2", "scan-2~a", "scan=7E", "scan=7E~a", "scan.a~b", "scana", "scana~b", "scan_~a", "SCAN~a"];
        foreach (var partition in partitions.Concat(others))
        {
            await FillAsync(partition, ["b", "a", "a~1", "B"]);
        }

        await FillAsync("scan~1", Enumerable.Range(0, Many).Select(number => $"n{number:D4}"));

        var rows = await ((ITableScan)store).ScanAsync(TableNames.Timeline, "scan").ToListAsync();

        var keys = rows.Select(row => (row.PartitionKey, row.RowKey)).ToList();
        Assert.Equal(partitions.Order(StringComparer.Ordinal), keys.Select(key => key.PartitionKey).Distinct());
        Assert.Equal((4 * partitions.Length) + Many, keys.Count);
        Assert.Equal(keys.OrderBy(key => key.PartitionKey, StringComparer.Ordinal).ThenBy(key => key.RowKey, StringComparer.Ordinal), keys);
        Assert.All(rows, row => Assert.Equal("text", row.Text("Title")));
        Assert.Equal((await Table.GetAsync("scan~A", "B"))!.ETag, rows.Single(row => row is { PartitionKey: "scan~A", RowKey: "B" }).ETag);
    }

    [SkippableFact]
    public async Task A_scan_of_a_store_that_does_not_answer_says_so()
    {
        var nobody = place.OpenUnreachable();
        await Assert.ThrowsAsync<TableUnavailableException>(async () => await ((ITableScan)nobody).ScanAsync(TableNames.Timeline, "scan").ToListAsync());
        (nobody as IDisposable)?.Dispose();
    }
}
