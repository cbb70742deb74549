using System.Runtime.CompilerServices;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

/// <summary>What every table store does. Each test has a partition of its own, named after it, in a place that the class shares.</summary>
public abstract partial class TableContract(IStorePlace place) : IAsyncLifetime
{
    private ITableStore store = null!;

    private protected ITable Table => store.Table(TableNames.Timeline);

    public virtual async Task InitializeAsync()
    {
        store = place.Open();
        await store.EnsureCreatedAsync();
    }

    public Task DisposeAsync()
    {
        (store as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    private protected static string Partition([CallerMemberName] string test = "") => test;

    private protected static TableRow Row(string partition, string row, string text = "text") =>
        new(partition, row) { Properties = new Dictionary<string, object> { ["Title"] = text } };

    private static TableRow Sized(string partition, string row, int values, int bytes = TableLimits.BytesPerValue) => new(partition, row)
    {
        Properties = Enumerable.Range(0, values).ToDictionary(i => $"P{i}", object (_) => Noise(bytes)),
    };

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(bytes).NextBytes(noise);
        return noise;
    }

    private protected async Task<string> InsertAsync(TableRow row) => (await Table.SubmitAsync(RowChange.Insert(row)))!;

    private async Task<List<string>> KeysAsync(string partition, RowRange range = default)
    {
        var keys = new List<string>();
        await foreach (var row in Table.QueryAllAsync(partition, range))
        {
            keys.Add(row.RowKey);
        }

        return keys;
    }

    private async Task FillAsync(string partition, IEnumerable<string> keys) =>
        await Table.SubmitManyAsync(keys.Select(key => RowChange.Insert(Row(partition, key))));
}
