using System.Text.Json;
using Recommender.Articles;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Ingestion;

/// <summary>
/// Where it is kept what feeds answered: partition site, row hash of the feed's URL; and their items in partition <c>site ~ hash</c>, spread over rows by a hash of their
/// URLs, so that each row stands for itself and only rows that change are written.
/// </summary>
public sealed class FeedTable(ITableStore store)
{
    private const string Content = "State";
    private const string Items = "Items";

    private readonly ITable table = store.Table(TableNames.Feeds);

    /// <summary>The state of a feed; a fresh one when it was never polled.</summary>
    public async Task<FeedState> GetAsync(Site site, string feed, CancellationToken cancellation = default)
    {
        var row = await table.GetAsync(Keys.Join(site.Id), FeedId(feed), cancellation);
        return row is not null && ByteParts.Read(row, Content) is { } json
            ? JsonSerializer.Deserialize(json, FeedJson.Default.FeedState)! with { Version = row.ETag }
            : new FeedState { Url = feed };
    }

    /// <summary>Replaces the state that was read.</summary>
    /// <exception cref="RowConflictException">Another poll of the feed was faster.</exception>
    public async Task PutAsync(Site site, FeedState state, CancellationToken cancellation = default)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(state, FeedJson.Default.FeedState));
        var row = new TableRow(Keys.Join(site.Id), FeedId(state.Url)) { Properties = properties };
        await table.SubmitAsync(state.Version is null ? RowChange.Insert(row) : RowChange.Update(row, state.Version), cancellation);
    }

    /// <summary>The items of a feed that are known.</summary>
    public async Task<KnownItems> ItemsAsync(Site site, string feed, CancellationToken cancellation = default)
    {
        var known = new KnownItems();
        await foreach (var row in table.QueryAllAsync(Partition(site, feed), cancellation: cancellation))
        {
            known.Load(row.RowKey, JsonSerializer.Deserialize(ByteParts.Read(row, Items)!, FeedJson.Default.DictionaryStringKnownItem)!, row.ETag!);
        }

        return known;
    }

    /// <summary>Writes what changed of the items.</summary>
    /// <exception cref="RowConflictException">Another poll of the feed was faster.</exception>
    public async Task SaveAsync(Site site, string feed, KnownItems known, CancellationToken cancellation = default)
    {
        var partition = Partition(site, feed);
        foreach (var (bucket, items, version) in known.Changed())
        {
            var properties = new Dictionary<string, object>();
            ByteParts.Add(properties, Items, JsonSerializer.SerializeToUtf8Bytes(items, FeedJson.Default.DictionaryStringKnownItem));
            var row = new TableRow(partition, bucket) { Properties = properties };
            var etag = await table.SubmitAsync(version is null ? RowChange.Insert(row) : RowChange.Update(row, version), cancellation);
            known.Saved(bucket, etag!);
        }
    }

    private static string FeedId(string feed) => Keys.Row(ArticleId.FromUrl(feed));

    private static string Partition(Site site, string feed) => Keys.Join(site.Id, ArticleId.FromUrl(feed));
}
