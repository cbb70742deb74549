using System.Collections.Concurrent;
using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Similarity;

/// <summary>
/// Where neighbour lists are kept. A run writes a generation of its own, and one row in partition <c>site</c> says which one readers see: it is switched when all lists are there, so readers
/// have the lists of before or those of after, and never some of each. What nobody sees any more is swept at once; a reader who was on the way to it looks where lists are now.
/// </summary>
public sealed class NeighbourTable(ITableStore store) : IChangeObserver
{
    private const string Pointer = "generation";
    private const string Current = "Current";
    private const string Reserved = "Reserved";
    private const string Swept = "Swept";
    private readonly ITable table = store.Table(TableNames.Neighbours);
    private readonly ConcurrentDictionary<string, long> known = new(StringComparer.Ordinal);

    /// <summary>The list of an article as readers see it; null when it has none.</summary>
    public async Task<NeighbourList?> GetAsync(Site site, string id, CancellationToken cancellation = default)
    {
        var lists = await CurrentAsync(site, cancellation);
        if (await lists.GetAsync(id, cancellation) is { } list)
        {
            return list;
        }

        return await NowAsync(site, cancellation) is var now && now.Generation != lists.Generation ? await now.GetAsync(id, cancellation) : null;
    }

    /// <summary>The lists that readers see, as far as this process has heard.</summary>
    public async ValueTask<NeighbourLists> CurrentAsync(Site site, CancellationToken cancellation = default) =>
        known.TryGetValue(site.Id, out var generation) ? new NeighbourLists(table, site, generation) : await NowAsync(site, cancellation);

    /// <summary>The lists that readers see, asked of the store: for those who write.</summary>
    public async Task<NeighbourLists> NowAsync(Site site, CancellationToken cancellation = default)
    {
        var row = await table.GetAsync(Keys.Join(site.Id), Pointer, cancellation);
        return new NeighbourLists(table, site, known[site.Id] = row?.Number(Current) ?? 0);
    }

    /// <summary>The lists of a generation, whether or not readers see them.</summary>
    public NeighbourLists Of(Site site, long generation) => new(table, site, generation);

    /// <summary>A generation that nobody has written yet and nobody else will.</summary>
    public async Task<NeighbourLists> ReserveAsync(Site site, CancellationToken cancellation = default) =>
        Of(site, (await ChangeAsync(site, pointer => pointer with { Reserved = pointer.Reserved + 1 }, cancellation)).Reserved);

    /// <summary>Lets readers see a generation. An earlier one than they see already is left where it is.</summary>
    public async Task SwitchAsync(Site site, long generation, CancellationToken cancellation = default) =>
        known[site.Id] = (await ChangeAsync(site, pointer => generation > pointer.Current ? pointer with { Current = generation } : pointer, cancellation)).Current;

    /// <summary>Deletes the generations that nobody sees and nobody is writing: all but the current one and <paramref name="building"/>.</summary>
    public async Task SweepAsync(Site site, long? building, CancellationToken cancellation = default)
    {
        var pointer = Generations.Of(await table.GetAsync(Keys.Join(site.Id), Pointer, cancellation));
        for (var generation = pointer.Swept; generation <= pointer.Reserved; generation++)
        {
            if (generation != pointer.Current && generation != building)
            {
                await Of(site, generation).ClearAsync(cancellation);
            }
        }

        // Who was writing to the generation before may have written a little more: it is looked at once again the next time.
        var swept = Math.Min(pointer.Current, building ?? pointer.Current) - 1;
        await ChangeAsync(site, now => swept > now.Swept ? now with { Swept = swept } : now, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
    {
        if (change.Everything)
        {
            known.TryRemove(site.Id, out _);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<Generations> ChangeAsync(Site site, Func<Generations, Generations> change, CancellationToken cancellation)
    {
        var result = default(Generations);
        await table.ModifyAsync(
            Keys.Join(site.Id),
            Pointer,
            row =>
            {
                var before = Generations.Of(row);
                result = change(before);
                return result == before ? null : result.ToRow(Keys.Join(site.Id));
            },
            cancellation);
        return result;
    }

    /// <summary>Those of a site: seen by readers, given out last, and the one up to which, without it, all are gone.</summary>
    private readonly record struct Generations(long Current, long Reserved, long Swept)
    {
        public static Generations Of(TableRow? row) => new(
            row?.Number(NeighbourTable.Current) ?? 0, row?.Number(NeighbourTable.Reserved) ?? 0, row?.Number(NeighbourTable.Swept) ?? 0);

        public TableRow ToRow(string partition) => new(partition, Pointer)
        {
            Properties = new Dictionary<string, object> { [NeighbourTable.Current] = Current, [NeighbourTable.Reserved] = Reserved, [NeighbourTable.Swept] = Swept },
        };
    }
}
