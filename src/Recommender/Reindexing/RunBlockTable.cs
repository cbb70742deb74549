using System.Globalization;
using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Reindexing;

/// <summary>Where the blocks of runs are kept: table Runs, partition <c>site ~ blocks ~ run</c>, row number.</summary>
public sealed class RunBlockTable(ITableStore store, TimeProvider time)
{
    /// <summary>How long one who helps has for a block; then another may take it.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(3);

    private const string Name = "Name";
    private const string Ids = "Ids";
    private const string Done = "Done";
    private const string Worker = "Worker";
    private const string Until = "Until";
    private readonly ITable table = store.Table(TableNames.Runs);

    /// <summary>Writes a run's blocks. Those of an earlier plan are replaced.</summary>
    public async Task PutAsync(Site site, string runId, IReadOnlyList<RunBlock> blocks, CancellationToken cancellation = default)
    {
        await DeleteAsync(site, runId, cancellation);
        await table.SubmitManyAsync(blocks.Select(block => RowChange.Upsert(Write(site, runId, block))), cancellation);
    }

    /// <summary>A run's blocks, in order.</summary>
    public async Task<IReadOnlyList<RunBlock>> AllAsync(Site site, string runId, CancellationToken cancellation = default) =>
        await table.QueryAllAsync(Partition(site, runId), cancellation: cancellation).Select(Read).ToListAsync(cancellation);

    /// <summary>Takes a block to work on; null when it is done, somebody else is at it, or there is none.</summary>
    /// <param name="site">The run's site.</param>
    /// <param name="runId">Id of the run.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="stage">What is to be done with it.</param>
    /// <param name="worker">Who takes it.</param>
    /// <param name="until">Until when; null for the run's leader.</param>
    /// <param name="mayReplace">Whether a worker whose time is not over can be at it no more.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<RunBlock?> TryTakeAsync(
        Site site, string runId, int number, RunStage stage, string worker, DateTimeOffset? until, Func<string, bool> mayReplace, CancellationToken cancellation = default)
    {
        RunBlock? taken = null;
        await table.ModifyAsync(
            Partition(site, runId),
            Row(number),
            row =>
            {
                taken = row is null ? null : Read(row);
                if (taken is null || taken.Done >= stage || (taken.Worker is { } other && !(taken.Until <= time.GetUtcNow()) && !mayReplace(other)))
                {
                    taken = null;
                    return null;
                }

                taken = taken with { Worker = worker, Until = until };
                return Write(site, runId, taken);
            },
            cancellation);
        return taken;
    }

    /// <summary>Says that a stage is done with a block. False when another took it meanwhile.</summary>
    public Task<bool> CompleteAsync(Site site, string runId, RunBlock taken, RunStage stage, CancellationToken cancellation = default) => table.ModifyAsync(
        Partition(site, runId),
        Row(taken.Number),
        row => row?.Text(Worker) == taken.Worker ? Write(site, runId, taken with { Done = stage, Worker = null, Until = null }) : null,
        cancellation);

    /// <summary>Forgets a run's blocks.</summary>
    public async Task DeleteAsync(Site site, string runId, CancellationToken cancellation = default)
    {
        var rows = await table.QueryAllAsync(Partition(site, runId), cancellation: cancellation).Select(row => RowChange.Delete(row.PartitionKey, row.RowKey)).ToListAsync(cancellation);
        await table.SubmitManyAsync(rows, cancellation);
    }

    private static string Partition(Site site, string runId) => Keys.Join(site.Id, "blocks", runId);

    private static string Row(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    private static TableRow Write(Site site, string runId, RunBlock block)
    {
        var properties = new Dictionary<string, object> { [Name] = block.Name, [Done] = (long)block.Done };
        ByteParts.Add(properties, Ids, JsonSerializer.SerializeToUtf8Bytes(block.Ids, EngineJson.Default.IReadOnlyListString));
        if (block.Worker is { } worker)
        {
            properties[Worker] = worker;
        }

        if (block.Until is { } until)
        {
            properties[Until] = until;
        }

        return new TableRow(Partition(site, runId), Row(block.Number)) { Properties = properties };
    }

    private static RunBlock Read(TableRow row) => new(
        int.Parse(row.RowKey, CultureInfo.InvariantCulture),
        row.Text(Name) ?? "",
        JsonSerializer.Deserialize(ByteParts.Read(row, Ids)!, EngineJson.Default.IReadOnlyListString)!)
    {
        Done = (RunStage)(row.Number(Done) ?? 0),
        Worker = row.Text(Worker),
        Until = row.Time(Until),
    };
}
