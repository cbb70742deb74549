using Recommender.Sites;
using Recommender.Tables;
using Recommender.Threads;

namespace Recommender.Similarity;

/// <summary>One generation of a site's neighbour lists: partitions <c>site ~ bucket(id) ~ generation</c>, row id.</summary>
public sealed class NeighbourLists
{
    private const string List = "List";
    private readonly ITable table;
    private readonly Site site;

    internal NeighbourLists(ITable table, Site site, long generation) => (this.table, this.site, Generation) = (table, site, generation);

    /// <summary>The generation's number: later ones are greater.</summary>
    public long Generation { get; }

    /// <summary>The list of an article; null when it has none.</summary>
    public async Task<NeighbourList?> GetAsync(string id, CancellationToken cancellation = default) =>
        Read(await table.GetAsync(Partition(id), Keys.Row(id), cancellation));

    /// <summary>Writes whole lists, in batches.</summary>
    public Task PutAsync(IEnumerable<NeighbourList> lists, CancellationToken cancellation = default) =>
        table.SubmitManyAsync(lists.Select(list => RowChange.Upsert(Write(list))), cancellation);

    /// <summary>Changes the list of an article that has one, whoever else changes it at the same time.</summary>
    /// <returns>Whether it changed.</returns>
    public Task<bool> ModifyAsync(string id, Func<NeighbourList, NeighbourList?> change, CancellationToken cancellation = default) => table.ModifyAsync(
        Partition(id),
        Keys.Row(id),
        row => Read(row) is { } list && change(list) is { } next ? Write(next) : null,
        cancellation);

    /// <summary>Says on the lists of articles that have one which running stories the articles tell.</summary>
    public Task SetThreadsAsync(IEnumerable<string> ids, Func<string, StoryThread?> threadOf, CancellationToken cancellation = default) => table.ModifyManyAsync(
        ids.Select(id => (Partition(id), Keys.Row(id))),
        row => Read(row) is { Page: { } page } list && threadOf(page.Id) is var thread && page.Thread != thread ? Write(list with { Page = page with { Thread = thread } }) : null,
        cancellation);

    /// <summary>Forgets the lists of articles.</summary>
    public Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellation = default) =>
        table.SubmitManyAsync(ids.Select(id => RowChange.Delete(Partition(id), Keys.Row(id))), cancellation);

    /// <summary>Ids of all articles that have a list.</summary>
    public async Task<HashSet<string>> IdsAsync(CancellationToken cancellation = default)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in Keys.NeighbourPartitions(site.Id, Generation))
        {
            await foreach (var row in table.QueryAllAsync(partition, cancellation: cancellation))
            {
                ids.Add(Keys.ParseRow(row.RowKey));
            }
        }

        return ids;
    }

    /// <summary>Forgets all of its lists.</summary>
    internal async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var partition in Keys.NeighbourPartitions(site.Id, Generation))
        {
            while (await table.QueryAsync(partition, RowRange.All, TableLimits.RowsPerPage, cancellation: cancellation) is { Rows.Count: > 0 } page)
            {
                await table.SubmitManyAsync(page.Rows.Select(row => RowChange.Delete(partition, row.RowKey)), cancellation);
            }
        }
    }

    private string Partition(string id) => Keys.Neighbours(site.Id, Generation, id);

    private TableRow Write(NeighbourList list)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, List, PackedNeighbours.Pack(list));
        return new TableRow(Partition(list.Page.Id), Keys.Row(list.Page.Id)) { Properties = properties };
    }

    private static NeighbourList? Read(TableRow? row) => row is not null && ByteParts.Read(row, List) is { } packed ? PackedNeighbours.Unpack(packed) : null;
}
