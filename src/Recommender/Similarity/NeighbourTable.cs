using Recommender.Sites;
using Recommender.Tables;
using Recommender.Threads;

namespace Recommender.Similarity;

/// <summary>Where neighbour lists are kept: partition <c>site ~ bucket(id)</c>, row id.</summary>
public sealed class NeighbourTable(ITableStore store)
{
    private const string List = "List";
    private readonly ITable table = store.Table(TableNames.Neighbours);

    /// <summary>The list of an article; null when it has none.</summary>
    public async Task<NeighbourList?> GetAsync(Site site, string id, CancellationToken cancellation = default) =>
        Read(await table.GetAsync(Keys.BucketPartition(site.Id, id), Keys.Row(id), cancellation));

    /// <summary>Writes whole lists, in batches.</summary>
    public Task PutAsync(Site site, IEnumerable<NeighbourList> lists, CancellationToken cancellation = default) =>
        table.SubmitManyAsync(lists.Select(list => RowChange.Upsert(Write(site, list))), cancellation);

    /// <summary>Changes the list of an article that has one, whoever else changes it at the same time.</summary>
    /// <returns>Whether it changed.</returns>
    public Task<bool> ModifyAsync(Site site, string id, Func<NeighbourList, NeighbourList?> change, CancellationToken cancellation = default) =>
        table.ModifyAsync(
            Keys.BucketPartition(site.Id, id),
            Keys.Row(id),
            row => Read(row) is { } list && change(list) is { } next ? Write(site, next) : null,
            cancellation);

    /// <summary>Says on the list of an article that has one which running story the article tells.</summary>
    public Task SetThreadAsync(Site site, string id, StoryThread? thread, CancellationToken cancellation = default) =>
        ModifyAsync(site, id, list => list.Page.Thread == thread ? null : list with { Page = list.Page with { Thread = thread } }, cancellation);

    /// <summary>Forgets the lists of articles.</summary>
    public Task DeleteAsync(Site site, IEnumerable<string> ids, CancellationToken cancellation = default) =>
        table.SubmitManyAsync(ids.Select(id => RowChange.Delete(Keys.BucketPartition(site.Id, id), Keys.Row(id))), cancellation);

    /// <summary>Ids of all articles that have a list.</summary>
    public async Task<HashSet<string>> IdsAsync(Site site, CancellationToken cancellation = default)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in Keys.BucketPartitions(site.Id))
        {
            await foreach (var row in table.QueryAllAsync(partition, cancellation: cancellation))
            {
                ids.Add(Keys.ParseRow(row.RowKey));
            }
        }

        return ids;
    }

    private static TableRow Write(Site site, NeighbourList list)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, List, PackedNeighbours.Pack(list));
        return new TableRow(Keys.BucketPartition(site.Id, list.Page.Id), Keys.Row(list.Page.Id)) { Properties = properties };
    }

    private static NeighbourList? Read(TableRow? row) => row is not null && ByteParts.Read(row, List) is { } packed ? PackedNeighbours.Unpack(packed) : null;
}
