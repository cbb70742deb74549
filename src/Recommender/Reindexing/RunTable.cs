using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Reindexing;

/// <summary>Where runs are kept: partition site, rows newest first, and one row that names the run under way.</summary>
public sealed class RunTable(ITableStore store, TimeProvider time)
{
    /// <summary>How long runs that ended are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private const string Content = "Run";
    private const string Active = "active";
    private const string IdFormat = "yyyyMMdd'T'HHmmssfffffff";
    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>A new queued run, or the one that is under way.</summary>
    public async Task<Run> StartAsync(Site site, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var id = $"{now.ToString(IdFormat, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        var run = new Run { Id = id, State = RunState.Queued, Created = now };
        await PutAsync(site, run, cancellation);
        try
        {
            await table.SubmitAsync(RowChange.Insert(ActiveRow(site, id)), cancellation);
            return run;
        }
        catch (RowConflictException)
        {
            await table.SubmitAsync(RowChange.Delete(Partition(site), RowKey(id)), cancellation);
            return await FindActiveAsync(site, cancellation) ?? await StartAsync(site, cancellation);
        }
    }

    /// <summary>The run under way; null when there is none.</summary>
    public async Task<Run?> FindActiveAsync(Site site, CancellationToken cancellation = default) =>
        (await table.GetAsync(Partition(site), Active, cancellation))?.Text(Content) is { } id ? await GetAsync(site, id, cancellation) : null;

    /// <summary>A run; null when there is none of that id.</summary>
    public async Task<Run?> GetAsync(Site site, string id, CancellationToken cancellation = default) =>
        IsId(id) && (await table.GetAsync(Partition(site), RowKey(id), cancellation))?.Text(Content) is { } json
            ? JsonSerializer.Deserialize(json, EngineJson.Default.Run)
            : null;

    /// <summary>Up to <paramref name="count"/> runs, newest first.</summary>
    public async Task<IReadOnlyList<Run>> LatestAsync(Site site, int count, CancellationToken cancellation = default)
    {
        var page = await table.QueryAsync(Partition(site), new RowRange(null, Active), count, cancellation: cancellation);
        return [.. page.Rows.Select(row => JsonSerializer.Deserialize(row.Text(Content)!, EngineJson.Default.Run)!)];
    }

    /// <summary>Writes how far a run is; one that has ended makes room for the next.</summary>
    public async Task PutAsync(Site site, Run run, CancellationToken cancellation = default)
    {
        var row = new TableRow(Partition(site), RowKey(run.Id))
        {
            Properties = new Dictionary<string, object> { [Content] = JsonSerializer.Serialize(run, EngineJson.Default.Run) },
        };
        RowChange[] changes = run.Ended is null ? [RowChange.Upsert(row)] : [RowChange.Upsert(row), RowChange.Delete(Partition(site), Active)];
        await table.SubmitAsync(Partition(site), changes, cancellation);
    }

    /// <summary>Deletes runs older than <see cref="Retention"/>.</summary>
    public async Task SweepAsync(Site site, CancellationToken cancellation = default)
    {
        var active = await FindActiveAsync(site, cancellation);
        var old = new List<RowChange>();
        await foreach (var row in table.QueryAllAsync(Partition(site), new RowRange(Keys.NoLaterThan(time.GetUtcNow() - Retention), Active), cancellation))
        {
            if (active is null || row.RowKey != RowKey(active.Id))
            {
                old.Add(RowChange.Delete(row.PartitionKey, row.RowKey));
            }
        }

        await table.SubmitManyAsync(old, cancellation);
    }

    private static bool IsId(string id) => id.Split('-') is [var created, _] && TryParse(created, out _);

    private static string RowKey(string id)
    {
        var parts = id.Split('-');
        return Keys.Newest(TryParse(parts[0], out var created) ? created : throw new FormatException($"'{id}' is not the id of a run."), parts[1]);
    }

    private static bool TryParse(string created, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(created, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    private static string Partition(Site site) => Keys.Join(site.Id);

    private static TableRow ActiveRow(Site site, string id) => new(Partition(site), Active)
    {
        Properties = new Dictionary<string, object> { [Content] = id },
    };
}
