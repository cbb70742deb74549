using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial;

/// <summary>
/// Where overrides are kept: partition <c>site ~ scope</c>, row <c>kind ~ slot or target</c>. The audit entry of a change is written in the same batch, into an outbox
/// beside it, and moved to the audit table after; so no change can be without its entry, whenever a process dies.
/// </summary>
public sealed class OverrideTable(ITableStore store, AuditLog audit)
{
    private const string Content = "Override";
    private const string Entry = "Entry";
    private const string Outbox = "outbox";

    private readonly ITable table = store.Table(TableNames.Overrides);

    /// <summary>All overrides of a scope, in force or not: pins by slot, then blocks and boosts by target.</summary>
    public async Task<IReadOnlyList<Override>> ListAsync(Site site, OverrideScope scope, CancellationToken cancellation = default)
    {
        var rules = new List<Override>();
        await foreach (var row in table.QueryAllAsync(Partition(site, scope), cancellation: cancellation))
        {
            rules.AddRange(Read(row) is { } rule ? [rule] : []);
        }

        return [.. rules.OrderBy(rule => rule is not Pin).ThenBy(rule => rule.Kind, StringComparer.Ordinal).ThenBy(rule => rule.Key, StringComparer.Ordinal)];
    }

    /// <summary>One override; null when there is none.</summary>
    public async Task<Override?> GetAsync(Site site, OverrideScope scope, string kind, string key, CancellationToken cancellation = default) =>
        Read(await table.GetAsync(Partition(site, scope), Keys.Join(kind, key), cancellation));

    /// <summary>Turns one version of an override into the next (null: none), its audit entry with it. Returns the new ETag.</summary>
    /// <exception cref="RowConflictException">What is there is not <paramref name="current"/>.</exception>
    internal async Task<string?> ChangeAsync(Site site, Override? current, Override? next, StoredAuditEntry entry, CancellationToken cancellation)
    {
        var subject = next ?? current ?? throw new ArgumentNullException(nameof(next));
        var partition = Partition(site, subject.Scope);
        var row = Keys.Join(subject.Kind, subject.Key);
        var change = (current, next) switch
        {
            (null, _) => RowChange.Insert(Write(partition, row, next!)),
            (_, null) => RowChange.Delete(partition, row, current.ETag),
            _ => RowChange.Update(Write(partition, row, next), current.ETag!),
        };
        var etags = await table.SubmitAsync(partition, [change, RowChange.Insert(WriteEntry(partition, entry))], cancellation);
        await FlushAsync(site, subject.Scope, cancellation);
        return etags[0];
    }

    /// <summary>Moves the audit entries that are still in a scope's outbox.</summary>
    public async Task FlushAsync(Site site, OverrideScope scope, CancellationToken cancellation = default)
    {
        var partition = Partition(site, scope);
        await foreach (var row in table.QueryAllAsync(partition, RowRange.StartingWith(Outbox), cancellation))
        {
            await audit.AddAsync(site, JsonSerializer.Deserialize(row.Text(Entry)!, EngineJson.Default.StoredAuditEntry)!, cancellation);
            await table.SubmitAsync(RowChange.Delete(partition, row.RowKey), cancellation);
        }
    }

    /// <summary>Whether a row is an audit entry on its way, not an override.</summary>
    internal static bool IsOutbox(TableRow row) => row.Text(Entry) is not null;

    private static string Partition(Site site, OverrideScope scope) => Keys.Join(site.Id, scope.Kind, scope.Name);

    private static TableRow Write(string partition, string row, Override rule) => new(partition, row)
    {
        Properties = new Dictionary<string, object> { [Content] = JsonSerializer.Serialize(StoredOverride.Of(rule), EngineJson.Default.StoredOverride) },
    };

    private static TableRow WriteEntry(string partition, StoredAuditEntry entry) => new(partition, Keys.Join(Outbox, entry.Id))
    {
        Properties = new Dictionary<string, object> { [Entry] = JsonSerializer.Serialize(entry, EngineJson.Default.StoredAuditEntry) },
    };

    private static Override? Read(TableRow? row) => row?.Text(Content) is { } json
        ? JsonSerializer.Deserialize(json, EngineJson.Default.StoredOverride)!.ToOverride(row.ETag)
        : null;
}
