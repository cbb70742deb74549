using Azure.Data.Tables;
using Recommender.Tables.Azure;
using Recommender.Testing;

namespace Recommender.Tests.EndToEnd.Cli;

/// <summary>Stores that are sets of tables in one emulator of Azure Table Storage.</summary>
public sealed class AzuritePlace : IToolPlace, IAsyncLifetime
{
    private Azurite? azurite;
    private int stores;

    /// <summary>The emulator.</summary>
    internal Azurite Azurite => azurite!;

    public void SkipUnlessThere() => Recommender.Testing.Azurite.SkipUnlessInstalled();

    public ToolStore NewStore()
    {
        var (connection, prefix) = (azurite!.ConnectionString, $"store{Interlocked.Increment(ref stores)}");
        return new ToolStore(
            new Dictionary<string, string> { ["MORE_STORIES_STORE"] = $"azure:{connection}", ["Recommender__TablePrefix"] = prefix },
            () => new AzureTableStore(new TableServiceClient(connection), prefix));
    }

    public async Task InitializeAsync() => azurite = Recommender.Testing.Azurite.IsInstalled ? await Recommender.Testing.Azurite.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
