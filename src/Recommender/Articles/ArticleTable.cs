using System.Runtime.CompilerServices;
using System.Text.Json;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Text;
using Recommender.Threads;

namespace Recommender.Articles;

/// <summary>Where articles are kept: partition <c>site ~ bucket(id)</c>, row id. A page's URL leads to its id through the table Pages.</summary>
public sealed class ArticleTable(ITableStore store)
{
    private const string Content = "Content";
    private const string Hash = "Hash";
    private const string Terms = "Terms";
    private const string Latent = "Latent";
    private const string Embedded = "Embedded";
    private const string Removed = "Removed";
    private const string Pending = "Pending";
    private const string Stale = "Stale";
    private const string Id = "Id";

    private readonly ITable articles = store.Table(TableNames.Articles);
    private readonly ITable pages = store.Table(TableNames.Pages);

    /// <summary>The article or tombstone of that id; null when there never was one.</summary>
    public async Task<StoredArticle?> GetAsync(Site site, string id, CancellationToken cancellation = default) =>
        await articles.GetAsync(Keys.BucketPartition(site.Id, id), Keys.Row(id), cancellation) is { } row ? Read(row) : null;

    /// <summary>Those articles of some ids that are there, in the order of the ids.</summary>
    public async Task<List<StoredArticle>> ReadAsync(Site site, IEnumerable<string> ids, CancellationToken cancellation = default)
    {
        var stored = await Task.WhenAll(ids.Select(id => GetAsync(site, id, cancellation)));
        return [.. stored.OfType<StoredArticle>().Where(article => article.Article is not null)];
    }

    /// <summary>All articles and tombstones, bucket by bucket.</summary>
    public async IAsyncEnumerable<StoredArticle> AllAsync(Site site, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var partition in Keys.BucketPartitions(site.Id))
        {
            await foreach (var row in articles.QueryAllAsync(partition, cancellation: cancellation))
            {
                yield return Read(row);
            }
        }
    }

    /// <summary>Writes articles, each only if it is still at the version it was read with, and returns them with their new versions.</summary>
    /// <exception cref="RowConflictException">Another writer was faster with one of them; some of the others may be written.</exception>
    public async Task<IReadOnlyList<StoredArticle>> WriteAsync(Site site, IReadOnlyCollection<StoredArticle> changed, CancellationToken cancellation = default)
    {
        var etags = await articles.SubmitManyAsync(
            changed.Select(article => article.ETag is null ? RowChange.Insert(Write(site, article)) : RowChange.Update(Write(site, article), article.ETag)),
            cancellation);
        return [.. changed.Select(article => article with { ETag = etags[(Keys.BucketPartition(site.Id, article.Id), Keys.Row(article.Id))] })];
    }

    /// <summary>Says which running stories articles tell, whoever else changes their rows at the same time.</summary>
    public Task SetThreadsAsync(Site site, IEnumerable<string> ids, Func<string, StoryThread?> threadOf, CancellationToken cancellation = default) => articles.ModifyManyAsync(
        ids.Select(id => (Keys.BucketPartition(site.Id, id), Keys.Row(id))),
        row => row is not null && Read(row) is { Article: { } article } stored && threadOf(article.Id) is var thread && article.Thread != thread
            ? Write(site, stored with { Article = article with { Thread = thread } })
            : null,
        cancellation);

    /// <summary>Id of the article at a canonical URL; null when there never was one.</summary>
    public async Task<string?> FindAsync(Site site, string canonicalUrl, CancellationToken cancellation = default)
    {
        var page = PageOf(canonicalUrl);
        return (await pages.GetAsync(Keys.BucketPartition(site.Id, page), Keys.Row(page), cancellation))?.Text(Id);
    }

    /// <summary>Lets the articles' URLs lead to them. Earlier URLs of an article go on leading to it.</summary>
    public Task WritePagesAsync(Site site, IEnumerable<Article> published, CancellationToken cancellation = default) =>
        pages.SubmitManyAsync(
            published.Select(article => RowChange.Upsert(new TableRow(Keys.BucketPartition(site.Id, PageOf(article.Url)), Keys.Row(PageOf(article.Url)))
            {
                Properties = new Dictionary<string, object> { [Id] = article.Id },
            })),
            cancellation);

    /// <summary>The name under which a canonical URL is looked up: the id that an article without one of its own would get.</summary>
    public static string PageOf(string canonicalUrl) => ArticleId.FromUrl(canonicalUrl);

    /// <summary>Whether a row of a table is that of an article whose publication is not completed.</summary>
    internal static bool IsPending(string table, TableRow row) => table == TableNames.Articles && row.Flag(Pending);

    private static TableRow Write(Site site, StoredArticle article)
    {
        var properties = new Dictionary<string, object> { [Hash] = article.Hash, [Pending] = article.Pending };
        if (article.Article is { } same && article.From.Of(same) is { } row)
        {
            ByteParts.Copy(row, properties, Content);
        }
        else if (article.Article is { } content)
        {
            ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(content, EngineJson.Default.Article));
        }

        if (article.Terms is { } terms)
        {
            properties[Terms] = terms.ToBytes();
        }

        if (article.Latent is { } latent)
        {
            properties[Latent] = latent.ToBytes();
        }

        if (article.Embedded is { } stamp)
        {
            properties[Embedded] = stamp;
        }

        if (article.Removed is { } removed)
        {
            properties[Removed] = removed;
        }

        if (article.Stale.Count > 0)
        {
            properties[Stale] = JsonSerializer.SerializeToUtf8Bytes([.. article.Stale], EngineJson.Default.ListTimelineKey);
        }

        return new TableRow(Keys.BucketPartition(site.Id, article.Id), Keys.Row(article.Id)) { Properties = properties };
    }

    private static StoredArticle Read(TableRow row)
    {
        var article = ByteParts.Read(row, Content) is { } content ? JsonSerializer.Deserialize(content, EngineJson.Default.Article) : null;
        return new StoredArticle
        {
            Id = Keys.ParseRow(row.RowKey),
            Article = article,
            From = new StoredArticle.ReadRow(row, article),
            Hash = row.Text(Hash) ?? "",
            Terms = row.Bytes(Terms) is { } terms ? PackedTerms.FromBytes(terms) : null,
            Latent = LatentVector.FromBytes(row.Bytes(Latent)),
            Embedded = row.Number(Embedded),
            Removed = row.Time(Removed),
            Pending = row.Flag(Pending),
            Stale = row.Bytes(Stale) is { } stale ? JsonSerializer.Deserialize(stale, EngineJson.Default.ListTimelineKey)! : [],
            ETag = row.ETag,
        };
    }
}
