using Azure.Data.Tables;
using Recommender.Tables;
using Recommender.Tables.Azure;
using Recommender.Testing;
using Recommender.Testing.Faults;

namespace Recommender.Tests.Tables;

/// <summary>Writes to Azure Table Storage whose answer gets lost: the client sends them again and hears of a conflict, with itself or with somebody else.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private const string Partition = "site";
    private Azurite? azurite;
    private FaultProxy? proxy;
    private ITable table = null!;

    public async Task InitializeAsync()
    {
        if (!Azurite.IsInstalled)
        {
            return;
        }

        azurite = await Azurite.StartAsync();
        proxy = await FaultProxy.StartAsync(azurite);
        var store = Open(proxy);
        await store.EnsureCreatedAsync();
        table = store.Table(TableNames.Articles);
    }

    [SkippableFact]
    public async Task An_insertion_knows_its_own_row()
    {
        Azurite.SkipUnlessInstalled();
        Next(Fault.AnswerLost);
        var etag = await table.SubmitAsync(RowChange.Insert(Row("row", "first")));
        var row = await table.GetAsync(Partition, "row");
        Assert.Equal(("first", etag), (row!.Text("Title"), row.ETag));
        Assert.Equal(["Title"], row.Properties.Keys);
    }

    [SkippableFact]
    public async Task An_update_knows_its_own_row()
    {
        Azurite.SkipUnlessInstalled();
        var etag = await table.SubmitAsync(RowChange.Insert(Row("row", "first")));
        Next(Fault.AnswerLost);
        etag = await table.SubmitAsync(RowChange.Update(Row("row", "second"), etag!));
        var row = await table.GetAsync(Partition, "row");
        Assert.Equal(("second", etag), (row!.Text("Title"), row.ETag));
    }

    [SkippableFact]
    public async Task A_conditional_deletion_takes_the_missing_row_for_its_own_doing()
    {
        Azurite.SkipUnlessInstalled();
        var etag = await table.SubmitAsync(RowChange.Insert(Row("row", "first")));
        Next(Fault.AnswerLost);
        await table.SubmitAsync(RowChange.Delete(Partition, "row", etag));
        Assert.Null(await table.GetAsync(Partition, "row"));
    }

    [SkippableFact]
    public async Task A_batch_knows_its_own_rows()
    {
        Azurite.SkipUnlessInstalled();
        var (old, doomed) = (await table.SubmitAsync(RowChange.Insert(Row("old", "first"))), await table.SubmitAsync(RowChange.Insert(Row("doomed", "first"))));
        await table.SubmitAsync(RowChange.Insert(Row("unwanted", "first")));
        Next(Fault.AnswerLost);

        var etags = await table.SubmitAsync(
            Partition,
            [
                RowChange.Delete(Partition, "unwanted"), RowChange.Upsert(Row("any", "second")), RowChange.Insert(Row("new", "second")), RowChange.Update(Row("old", "second"), old!),
                RowChange.Delete(Partition, "doomed", doomed),
            ],
            default);

        Assert.Equal([null, await ETagAsync("any"), await ETagAsync("new"), await ETagAsync("old"), null], etags);
        Assert.Null(await ETagAsync("doomed"));
        Assert.Null(await ETagAsync("unwanted"));
        Assert.Equal("second", (await table.GetAsync(Partition, "old"))!.Text("Title"));
    }

    [SkippableTheory]
    [InlineData(Fault.Cut)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Busy)]
    internal async Task What_somebody_else_wrote_is_a_conflict_all_the_same(Fault fault)
    {
        Azurite.SkipUnlessInstalled();
        var stale = await table.SubmitAsync(RowChange.Insert(Row("row", "first")));
        var current = await table.SubmitAsync(RowChange.Update(Row("row", "second"), stale!));
        RowChange[][] writes =
        [
            [RowChange.Insert(Row("row", "third"))],
            [RowChange.Update(Row("row", "third"), stale!)],
            [RowChange.Delete(Partition, "row", stale)],
            [RowChange.Insert(Row("other", "third")), RowChange.Update(Row("row", "third"), stale!)],
        ];
        foreach (var write in writes)
        {
            Next(fault);
            await Assert.ThrowsAsync<RowConflictException>(() => table.SubmitAsync(Partition, write, default));
        }

        Assert.Equal(current, await ETagAsync("row"));
        Assert.Null(await ETagAsync("other"));
    }

    public async Task DisposeAsync()
    {
        if (azurite is not null)
        {
            await proxy!.DisposeAsync();
            await azurite.DisposeAsync();
        }
    }

    /// <summary>A store behind the proxy, by the client that the application has, but in less of a hurry to give up.</summary>
    internal static ITableStore Open(FaultProxy proxy)
    {
        var options = AzureTableStore.ClientOptions();
        (options.Retry.Delay, options.Retry.MaxRetries) = (TimeSpan.FromMilliseconds(5), 12);
        return new AzureTableStore(new TableServiceClient(proxy.ConnectionString, options));
    }

    private static TableRow Row(string key, string title) => new(Partition, key) { Properties = new Dictionary<string, object> { ["Title"] = title } };

    private async Task<string?> ETagAsync(string key) => (await table.GetAsync(Partition, key))?.ETag;

    // To the next call only.
    private void Next(Fault fault)
    {
        var struck = proxy!.Calls;
        proxy.Choose = call => call == struck ? fault : Fault.None;
    }
}
