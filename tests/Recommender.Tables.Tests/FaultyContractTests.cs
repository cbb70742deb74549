using Recommender.Tables;
using Recommender.Testing;
using Recommender.Testing.Faults;

namespace Recommender.Tests.Tables;

/// <summary>The contract on the emulator of Azure Table Storage while every fifth call meets with a fault.</summary>
public sealed class FaultyContractTests(FaultyContractTests.Place place) : TableContract(place), IClassFixture<FaultyContractTests.Place>
{
    public override Task InitializeAsync()
    {
        Azurite.SkipUnlessInstalled();
        return base.InitializeAsync();
    }

    // A conditional deletion that is sent again cannot tell a row that it deleted from one that was missing before; that the row is gone is what was wanted.
    [SkippableFact]
    public override async Task Update_and_conditional_delete_refuse_a_missing_row()
    {
        var etag = await InsertAsync(Row(Partition(), "row"));
        await Table.SubmitAsync(RowChange.Delete(Partition(), "row", etag));

        await Assert.ThrowsAsync<RowConflictException>(() => Table.SubmitAsync(RowChange.Update(Row(Partition(), "row"), etag)));
        if (await Record.ExceptionAsync(() => Table.SubmitAsync(RowChange.Delete(Partition(), "row", etag))) is { } refusal)
        {
            Assert.IsType<RowConflictException>(refusal);
        }

        Assert.Null(await Table.GetAsync(Partition(), "row"));
    }

    /// <summary>One emulator and one proxy before it for all tests of the class.</summary>
    public sealed class Place : IStorePlace, IAsyncLifetime
    {
        private readonly AzuriteContractTests.Place sound = new();
        private Azurite? azurite;
        private FaultProxy? proxy;

        public ITableStore Open() => LostAnswerTests.Open(proxy!);

        public ITableStore OpenUnreachable() => sound.OpenUnreachable();

        public async Task InitializeAsync()
        {
            if (Azurite.IsInstalled)
            {
                azurite = await Azurite.StartAsync();
                proxy = await FaultProxy.StartAsync(azurite);
                proxy.Choose = FaultProxy.ByChance(20261127, 0.2, Fault.Busy, Fault.AnswerLost, Fault.Throttled, Fault.Cut);
            }
        }

        public async Task DisposeAsync()
        {
            if (azurite is not null)
            {
                Assert.True(proxy!.Faults > proxy.Calls / 6, "Too little went wrong.");
                await proxy.DisposeAsync();
                await azurite.DisposeAsync();
            }
        }
    }
}
