using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>Counts what people ask about, of the rows that go by.</summary>
internal sealed class BackupCounter
{
    /// <summary>Counts so far.</summary>
    public BackupCounts Counts { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Counts one more.</summary>
    public void Add(BackupRow entry) => Counts = new BackupCounts(
        Counts.Articles + (entry.Table == TableNames.Articles ? 1 : 0),
        Counts.Overrides + (entry.Table == TableNames.Overrides && !Editorial.OverrideTable.IsOutbox(entry.Row) ? 1 : 0),
        Counts.AuditEntries + (entry.Table == TableNames.Audit && !Editorial.AuditLog.IsMonth(entry.Row) ? 1 : 0),
        Counts.Rows + 1);
}
