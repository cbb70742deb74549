using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Changes;

/// <summary>What a process is about to do, written down first, so that another can complete it should the process die.</summary>
public sealed record Intent
{
    /// <summary>Articles that are being written or removed.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>Articles whose neighbours are still to be found.</summary>
    public IReadOnlyList<string> Relist { get; init; } = [];

    /// <summary>A scope whose override change still wants its audit entry, as <see cref="Editorial.OverrideScope.ToString"/> writes it.</summary>
    public string? Scope { get; init; }

    /// <summary>Id of the page whose draft is being published.</summary>
    public string? Publication { get; init; }
}

/// <summary>The open intents of a site: partition <c>site ~ intents</c> of the table Changes. Completing one twice does no harm.</summary>
public sealed class Journal(ITableStore store, TimeProvider time)
{
    // Longer than any write takes, retries included.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Content = "Intent";
    private readonly ITable table = store.Table(TableNames.Changes);
    private readonly string writer = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
    private long written;

    /// <summary>Writes an intent down and returns the key to complete it by.</summary>
    public async Task<string> BeginAsync(Site site, Intent intent, CancellationToken cancellation = default)
    {
        var key = Keys.Oldest(time.GetUtcNow(), $"{writer}-{Interlocked.Increment(ref written)}");
        await table.SubmitAsync(RowChange.Insert(Write(site, key, intent)), cancellation);
        return key;
    }

    /// <summary>Crosses intents out.</summary>
    public Task CompleteAsync(Site site, IEnumerable<string> keys, CancellationToken cancellation = default) =>
        table.SubmitManyAsync(keys.Select(key => RowChange.Delete(Partition(site), key)), cancellation);

    /// <summary>Intents that are open, oldest first.</summary>
    public async Task<IReadOnlyList<(string Key, Intent Intent)>> OpenAsync(Site site, CancellationToken cancellation = default)
    {
        var intents = new List<(string, Intent)>();
        await foreach (var row in table.QueryAllAsync(Partition(site), cancellation: cancellation))
        {
            intents.Add((row.RowKey, JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.Intent)!));
        }

        return intents;
    }

    /// <summary>
    /// Whether an open intent is so old that its process cannot be about to write any more. A younger one may be completed, but must not be crossed out by anyone else.
    /// </summary>
    public bool IsAbandoned(string key) => string.CompareOrdinal(key, Keys.NoEarlierThan(time.GetUtcNow() - Patience)) < 0;

    private static TableRow Write(Site site, string key, Intent intent)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(intent, EngineJson.Default.Intent));
        return new TableRow(Partition(site), key) { Properties = properties };
    }

    private static string Partition(Site site) => Keys.Join(site.Id, "intents");
}
