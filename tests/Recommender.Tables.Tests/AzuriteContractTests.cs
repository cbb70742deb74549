using Azure.Core;
using Azure.Data.Tables;
using Recommender.Tables;
using Recommender.Tables.Azure;
using Recommender.Testing;

namespace Recommender.Tests.Tables;

/// <summary>The contract on the emulator of Azure Table Storage.</summary>
public sealed class AzuriteContractTests(AzuriteContractTests.Place place) : TableContract(place), IClassFixture<AzuriteContractTests.Place>
{
    public override Task InitializeAsync()
    {
        Azurite.SkipUnlessInstalled();
        return base.InitializeAsync();
    }

    /// <summary>One emulator for all tests of the class.</summary>
    public sealed class Place : IStorePlace, IAsyncLifetime
    {
        private Azurite? azurite;

        public ITableStore Open() => new AzureTableStore(new TableServiceClient(azurite!.ConnectionString));

        public ITableStore OpenUnreachable()
        {
            var options = new TableClientOptions { Retry = { MaxRetries = 1, Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(10) } };
            var nobody = $"http://127.0.0.1:{Azurite.FreePort()}/nobody";
            return new AzureTableStore(new TableServiceClient($"AccountName=nobody;AccountKey=a2V5;TableEndpoint={nobody};", options));
        }

        public async Task InitializeAsync() => azurite = Azurite.IsInstalled ? await Azurite.StartAsync() : null;

        public async Task DisposeAsync()
        {
            if (azurite is not null)
            {
                await azurite.DisposeAsync();
            }
        }
    }
}
