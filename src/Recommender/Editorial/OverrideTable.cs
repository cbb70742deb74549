using System.Text.Json;
using Recommender.Editorial.Drafts;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial;

/// <summary>
/// Where overrides are kept: partition <c>site ~ scope</c>, row <c>kind ~ slot or target</c>. The audit entry of a change is written in the same batch, into an outbox
/// beside it, and moved to the audit table after; so no change can be without its entry, whenever a process dies. Partition <c>site ~ scopes</c> says where there are any.
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

    /// <summary>Scopes in which there ever was an override.</summary>
    public async Task<IReadOnlyList<OverrideScope>> ScopesAsync(Site site, CancellationToken cancellation = default)
    {
        var scopes = new List<OverrideScope>();
        await foreach (var row in table.QueryAllAsync(Scopes(site), cancellation: cancellation))
        {
            scopes.Add(OverrideScope.Parse(Keys.ParseRow(row.RowKey)));
        }

        return scopes;
    }

    /// <summary>Every override of a site, in force or not, scope by scope.</summary>
    public async Task<IReadOnlyList<Override>> AllAsync(Site site, CancellationToken cancellation = default)
    {
        var rules = new List<Override>();
        foreach (var scope in await ScopesAsync(site, cancellation))
        {
            rules.AddRange(await ListAsync(site, scope, cancellation));
        }

        return rules;
    }

    /// <summary>Turns one version of an override into the next (null: none), its audit entry with it. Returns the new ETag.</summary>
    /// <exception cref="RowConflictException">What is there is not <paramref name="current"/>.</exception>
    internal async Task<string?> ChangeAsync(Site site, Override? current, Override? next, StoredAuditEntry entry, CancellationToken cancellation)
    {
        var subject = next ?? current ?? throw new ArgumentNullException(nameof(next));
        return (await ChangeAsync(site, subject.Scope, [new RuleChange(current, next)], [entry], cancellation))[0];
    }

    /// <summary>Makes all changes of a scope or none, with their audit entries, and returns the new ETags.</summary>
    /// <exception cref="RowConflictException">What is there is not what a change begins with.</exception>
    internal async Task<IReadOnlyList<string?>> ChangeAsync(
        Site site, OverrideScope scope, IReadOnlyList<RuleChange> changes, IReadOnlyList<StoredAuditEntry> entries, CancellationToken cancellation)
    {
        if (changes.Count == 0)
        {
            await FlushAsync(site, scope, cancellation);
            return [];
        }

        var partition = Partition(site, scope);
        await table.SubmitAsync(RowChange.Upsert(new TableRow(Scopes(site), Keys.Row(scope.ToString()))), cancellation);
        var etags = await table.SubmitAsync(partition, [.. changes.Select(change => ChangeOf(partition, change)), .. entries.Select(entry => RowChange.Insert(WriteEntry(partition, entry)))], cancellation);
        await FlushAsync(site, scope, cancellation);
        return etags;
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

    /// <summary>Whether a row is an audit entry on its way, or says that there is a scope, and is no override.</summary>
    internal static bool IsOutbox(TableRow row) => row.Text(Content) is null;

    private static string Partition(Site site, OverrideScope scope) => Keys.Join(site.Id, scope.Kind, scope.Name);

    private static string Scopes(Site site) => Keys.Join(site.Id, "scopes");

    private static RowChange ChangeOf(string partition, RuleChange change)
    {
        var subject = change.After ?? change.Before!;
        var row = Keys.Join(subject.Kind, subject.Key);
        return (change.Before, change.After) switch
        {
            (null, { } next) => RowChange.Insert(Write(partition, row, next)),
            ({ } current, null) => RowChange.Delete(partition, row, current.ETag),
            var (current, next) => RowChange.Update(Write(partition, row, next!), current!.ETag!),
        };
    }

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
