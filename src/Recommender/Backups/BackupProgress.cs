namespace Recommender.Backups;

/// <summary>How far a backup or a restore is.</summary>
/// <param name="Rows">Rows that were read or written.</param>
/// <param name="Table">The table at hand.</param>
public readonly record struct BackupProgress(long Rows, string Table);

/// <summary>What a backup has, or what was restored of it.</summary>
/// <param name="Articles">Articles, tombstones of removed ones included.</param>
/// <param name="Overrides">Pins, blocks and boosts.</param>
/// <param name="AuditEntries">Changes of these.</param>
/// <param name="Rows">Rows of all tables.</param>
public sealed record BackupCounts(long Articles, long Overrides, long AuditEntries, long Rows);
