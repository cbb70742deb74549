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
    private const int Attempts = 20;
    private const string IdFormat = "yyyyMMdd'T'HHmmssfffffff";
    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>A new queued run, or the one that is under way.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="scope">What it is to do, if that is decided. One under way does it too, unless it has begun with less.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Run> StartAsync(Site site, RunScope? scope = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var id = $"{now.ToString(IdFormat, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        var run = new Run { Id = id, State = RunState.Queued, Scope = scope, Created = now };
        await table.SubmitAsync(RowChange.Insert(Row(site, run)), cancellation);
        try
        {
            await table.SubmitAsync(RowChange.Insert(ActiveRow(site, id)), cancellation);
            return run;
        }
        catch (RowConflictException)
        {
            await table.SubmitAsync(RowChange.Delete(Partition(site), RowKey(id)), cancellation);
            return await FindActiveAsync(site, cancellation) is not { } active ? await StartAsync(site, scope, cancellation)
                : await UpdateAsync(site, active.Id, run => run with { Scope = run.Scope ?? scope }, cancellation) ?? active;
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

    /// <summary>Changes what is written of a run, whoever else does at the same time; one that ends by that makes room for the next.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="id">Its id.</param>
    /// <param name="change">What becomes of a run that has not ended.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The run as it is now; null when there is none of that id.</returns>
    public async Task<Run?> UpdateAsync(Site site, string id, Func<Run, Run> change, CancellationToken cancellation = default)
    {
        for (var attempt = 1; IsId(id); attempt++)
        {
            if (await table.GetAsync(Partition(site), RowKey(id), cancellation) is not { } row)
            {
                return null;
            }

            var before = JsonSerializer.Deserialize(row.Text(Content)!, EngineJson.Default.Run)!;
            if (before.Ended is not null || change(before) is var run && run == before)
            {
                return before;
            }

            try
            {
                RowChange[] changes = [RowChange.Update(Row(site, run), row.ETag!), .. run.Ended is null ? Array.Empty<RowChange>() : [RowChange.Delete(Partition(site), Active)]];
                await table.SubmitAsync(Partition(site), changes, cancellation);
                return run;
            }
            catch (RowConflictException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 10 * attempt)), cancellation);
            }
        }

        return null;
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

    private static TableRow Row(Site site, Run run) => new(Partition(site), RowKey(run.Id))
    {
        Properties = new Dictionary<string, object> { [Content] = JsonSerializer.Serialize(run, EngineJson.Default.Run) },
    };

    private static TableRow ActiveRow(Site site, string id) => new(Partition(site), Active)
    {
        Properties = new Dictionary<string, object> { [Content] = id },
    };
}
