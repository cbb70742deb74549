using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>What restoring a backup would do.</summary>
/// <param name="Source">Id of the site that the backup was taken of.</param>
/// <param name="Created">When it was.</param>
/// <param name="Counts">What it has.</param>
/// <param name="Missing">Rows that the site has not yet.</param>
/// <param name="Different">Rows that the site has otherwise.</param>
/// <param name="Extra">Rows that only the site has.</param>
/// <param name="Unfinished">Ids of articles whose publication is to be completed.</param>
public sealed record RestorePlan(string Source, DateTimeOffset Created, BackupCounts Counts, long Missing, long Different, long Extra, IReadOnlyList<string> Unfinished)
{
    /// <summary>Whether something that the site has now would be lost.</summary>
    public bool Overwrites => Different + Extra > 0;
}

/// <summary>One row of a backup, of the site, or of both.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Wanted">As the backup has it; null when only the site has it.</param>
/// <param name="Stored">As the site has it; null when only the backup has it.</param>
/// <param name="IsSame">Whether both have it alike.</param>
internal readonly record struct RestoreStep(string Table, TableRow? Wanted, TableRow? Stored, bool IsSame)
{
    /// <summary>What makes the site's row the backup's; null when it is.</summary>
    public RowChange? Change => this switch
    {
        { IsSame: true } => null,
        { Stored: null } => RowChange.Insert(Wanted!),
        { Wanted: null } => RowChange.Delete(Stored.PartitionKey, Stored.RowKey, Stored.ETag),
        _ => RowChange.Update(Wanted, Stored.ETag!),
    };
}
