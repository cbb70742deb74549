using System.Text.Json;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Editorial;

/// <summary>Who changed which override, newest first; only ever added to. Partition <c>site ~ yyyyMM</c>, row inverted ticks ~ id.</summary>
public sealed class AuditLog(ITableStore store)
{
    private const string Content = "Entry";
    private readonly ITable table = store.Table(TableNames.Audit);

    /// <summary>Up to <paramref name="count"/> entries before <paramref name="before"/> (null: the newest).</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(Site site, DateTimeOffset? before, int count, CancellationToken cancellation = default)
    {
        var entries = new List<AuditEntry>(count);
        await foreach (var month in table.QueryAllAsync(Months(site), MonthsUntil(before), cancellation))
        {
            var range = before is { } instant ? new RowRange(Keys.NoLaterThan(instant.AddTicks(-1))) : RowRange.All;
            await foreach (var row in table.QueryAllAsync(Keys.Join(site.Id, Keys.ParseMonthRow(month.RowKey)), range, cancellation))
            {
                entries.Add(JsonSerializer.Deserialize(ByteParts.Read(row, Content)!, EngineJson.Default.StoredAuditEntry)!.ToEntry());
                if (entries.Count == count)
                {
                    return entries;
                }
            }
        }

        return entries;
    }

    /// <summary>Adds an entry. The same entry twice is one.</summary>
    internal async Task AddAsync(Site site, StoredAuditEntry entry, CancellationToken cancellation)
    {
        await table.SubmitAsync(RowChange.Upsert(new TableRow(Months(site), Keys.MonthRow(Keys.Month(entry.Time)))), cancellation);
        var properties = new Dictionary<string, object>();
        ByteParts.Add(properties, Content, JsonSerializer.SerializeToUtf8Bytes(entry, EngineJson.Default.StoredAuditEntry));
        var row = new TableRow(Keys.Join(site.Id, Keys.Month(entry.Time)), Keys.Newest(entry.Time, entry.Id)) { Properties = properties };
        await table.SubmitAsync(RowChange.Upsert(row), cancellation);
    }

    /// <summary>Whether a row only says that there is a month, and is no entry.</summary>
    internal static bool IsMonth(TableRow row) => row.Properties.Count == 0;

    private static string Months(Site site) => Keys.Join(site.Id, "months");

    private static RowRange MonthsUntil(DateTimeOffset? before) => before is { } instant ? new RowRange(Keys.MonthRow(Keys.Month(instant))) : RowRange.All;
}

/// <summary>One change.</summary>
/// <param name="Id">Unique in its site.</param>
/// <param name="Time">When.</param>
/// <param name="Author">Who.</param>
/// <param name="Action"><c>put</c> or <c>delete</c>.</param>
/// <param name="Before">What was there; null when nothing was.</param>
/// <param name="After">What is there since; null after a deletion.</param>
public sealed record AuditEntry(string Id, DateTimeOffset Time, string Author, string Action, Override? Before, Override? After)
{
    /// <summary>The page in whose draft it was decided; null for a change that came by the API.</summary>
    public string? Page { get; init; }

    /// <summary>The version of that page with which it was published.</summary>
    public int? Version { get; init; }

    /// <summary>What the editor who published that version wrote with it; empty for nothing. The rule's own note is beside it.</summary>
    public string Note { get; init; } = "";
}
