using System.Text.Json;
using Recommender.Editorial.Publishing;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial.Drafts;

/// <summary>
/// Where drafts and published versions of a page are kept: partition <c>site ~ page ~ id</c>, rows <c>draft</c> and <c>version ~ inverted number</c>, so that a draft becomes a version in one batch.
/// Partition <c>site ~ drafts</c> lists the pages that have a draft.
/// </summary>
public sealed class DraftTable(ITableStore store)
{
    private const string Content = "Content";
    private const string DraftRow = "draft";
    private const string VersionPrefix = "version";
    private const int MaxNumber = 9_999_999;

    private readonly ITable table = store.Table(TableNames.Drafts);

    /// <summary>The draft of a page; an empty one when nobody has begun it.</summary>
    public async Task<Draft> GetAsync(Site site, string page, CancellationToken cancellation = default) =>
        await table.GetAsync(Partition(site, page), DraftRow, cancellation) is { } row && ByteParts.Read(row, Content) is { } json
            ? JsonSerializer.Deserialize(json, EngineJson.Default.StoredDraft)!.ToDraft(row.ETag)
            : new Draft { Page = page };

    /// <summary>Drafts in which something is decided, by page.</summary>
    public async Task<IReadOnlyList<Draft>> OpenAsync(Site site, CancellationToken cancellation = default)
    {
        var drafts = new List<Draft>();
        await foreach (var row in table.QueryAllAsync(Pages(site), cancellation: cancellation))
        {
            if (await GetAsync(site, Keys.ParseRow(row.RowKey), cancellation) is { Operations.Count: > 0 } draft)
            {
                drafts.Add(draft);
            }
        }

        return drafts;
    }

    /// <summary>Published versions of a page, the newest first.</summary>
    public async Task<IReadOnlyList<Publication>> VersionsAsync(Site site, string page, int count, CancellationToken cancellation = default)
    {
        var rows = await table.QueryAsync(Partition(site, page), RowRange.StartingWith(VersionPrefix), count, cancellation: cancellation);
        return [.. rows.Rows.Select(row => JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.StoredPublication)!.ToPublication())];
    }

    /// <summary>Writes the next version of a draft.</summary>
    /// <exception cref="RowConflictException">Somebody else did since it was read.</exception>
    internal async Task<Draft> WriteAsync(Site site, Draft draft, CancellationToken cancellation)
    {
        if (draft.Operations.Count > 0)
        {
            await table.SubmitAsync(RowChange.Upsert(new TableRow(Pages(site), Keys.Row(draft.Page))), cancellation);
        }

        return draft with { ETag = await table.SubmitAsync(Change(site, draft), cancellation) };
    }

    /// <summary>Turns the draft whose publication is under way into a version, in one batch.</summary>
    /// <exception cref="RowConflictException">Somebody else did.</exception>
    internal async Task CloseAsync(Site site, Draft closed, Publication publication, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(StoredPublication.Of(publication), EngineJson.Default.StoredPublication));
        var version = new TableRow(Partition(site, publication.Page), Keys.Join(VersionPrefix, (MaxNumber - publication.Number).ToString("D7", System.Globalization.CultureInfo.InvariantCulture)))
        {
            Properties = properties,
        };
        await table.SubmitAsync(Partition(site, closed.Page), [Change(site, closed), RowChange.Upsert(version)], cancellation);
        await table.SubmitAsync(RowChange.Delete(Pages(site), Keys.Row(closed.Page)), cancellation);
    }

    private static RowChange Change(Site site, Draft draft)
    {
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(StoredDraft.Of(draft), EngineJson.Default.StoredDraft));
        var row = new TableRow(Partition(site, draft.Page), DraftRow) { Properties = properties };
        return draft.ETag is { } etag ? RowChange.Update(row, etag) : RowChange.Insert(row);
    }

    private static string Partition(Site site, string page) => Keys.Join(site.Id, "page", page);

    private static string Pages(Site site) => Keys.Join(site.Id, "drafts");
}
