using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Backups;

/// <summary>
/// Makes a site exactly what a backup says. Both are in the same order, so they are compared row by row without either being in memory, and only what differs is written: doing it twice changes nothing the second
/// time, and one that was interrupted goes on where it was.
/// </summary>
public sealed class SiteRestore(ITableStore store, ITableScan scan, SiteIndexes indexes, Publisher publisher, Journal journal, ChangeFollower changes)
{
    private const int BlockSize = 2_000;
    private const int MostArticlesPerIntent = 256;
    private const int ReportEvery = 256;

    /// <summary>Reads a backup whole and says what restoring it would do. Nothing is written.</summary>
    /// <param name="site">The site that is to become what the backup says; it need not be the one that it was taken of.</param>
    /// <param name="backup">The backup, from its start.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BackupException">It is no backup, or damaged.</exception>
    public async Task<RestorePlan> PlanAsync(Site site, Stream backup, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new BackupReader(backup, site.Id);
        var counter = new BackupCounter();
        long missing = 0, different = 0, extra = 0, seen = 0;
        await foreach (var step in CompareAsync(site, reader, cancellation))
        {
            missing += step is { Stored: null } ? 1 : 0;
            different += step is { Stored: not null, Wanted: not null, IsSame: false } ? 1 : 0;
            extra += step is { Wanted: null } ? 1 : 0;
            if (step.Wanted is { } wanted)
            {
                counter.Add(new BackupRow(step.Table, wanted));
            }

            if (++seen % ReportEvery == 0)
            {
                progress?.Report(new BackupProgress(seen, step.Table));
            }
        }

        return new RestorePlan(reader.Header!.Site, reader.Header.Created, counter.Counts, missing, different, extra, reader.End!.Unfinished);
    }

    /// <summary>Makes the site what the backup says. Stop publishing meanwhile: what another process writes in between makes it fail, and doing it again goes on.</summary>
    /// <param name="site">The site.</param>
    /// <param name="backup">The backup, from its start.</param>
    /// <param name="plan">What <see cref="PlanAsync"/> said of it.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BackupException">Somebody else writes to the site.</exception>
    public async Task RestoreAsync(Site site, Stream backup, RestorePlan plan, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        // First, so that whoever comes after a restore that died knows what its rows leave to be done.
        var intents = new List<string>();
        foreach (var ids in plan.Unfinished.Chunk(MostArticlesPerIntent))
        {
            intents.Add(await journal.BeginAsync(site, new Intent { Articles = ids, Relist = ids }, cancellation));
        }

        try
        {
            await WriteAsync(site, new BackupReader(backup, site.Id), progress, cancellation);
        }
        catch (RowConflictException conflict)
        {
            throw new BackupException("Somebody else writes to this site meanwhile. Stop the application, or its feeds and editors, and do it again: it goes on where it was.", conflict);
        }

        // The index of this process keeps up with what the process publishes, but this went past it.
        var change = new Change { Everything = true, Models = true, Restored = true };
        await changes.AnnounceAsync(site, change, cancellation);
        await indexes.OnChangeAsync(site, change, own: false, cancellation);
        if (intents.Count > 0)
        {
            await publisher.RecoverAsync(site, cancellation);
            await journal.CompleteAsync(site, intents, cancellation);
        }
    }

    private async Task WriteAsync(Site site, BackupReader reader, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        long seen = 0;
        var block = new List<RowChange>();
        var table = "";
        await foreach (var step in CompareAsync(site, reader, cancellation))
        {
            if (block.Count == BlockSize || step.Table != table)
            {
                await FlushAsync();
                table = step.Table;
            }

            if (step.Change is { } change)
            {
                block.Add(change);
            }

            if (++seen % ReportEvery == 0)
            {
                progress?.Report(new BackupProgress(seen, step.Table));
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            if (block.Count > 0)
            {
                await store.Table(table).SubmitManyAsync(block, cancellation);
                block.Clear();
            }
        }
    }

    private async IAsyncEnumerable<RestoreStep> CompareAsync(Site site, BackupReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var wanted = reader.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        var hasWanted = await wanted.MoveNextAsync();
        foreach (var table in reader.Header!.Tables)
        {
            await using var stored = scan.ScanAsync(table, site.Id, cancellation).GetAsyncEnumerator(cancellation);
            var hasStored = await stored.MoveNextAsync();
            while (hasStored || (hasWanted && wanted.Current.Table == table))
            {
                var order = !hasStored ? -1 : !hasWanted || wanted.Current.Table != table ? 1 : TableRowOrder.Compare(wanted.Current.Row, stored.Current);
                yield return new RestoreStep(table, order <= 0 ? wanted.Current.Row : null, order >= 0 ? stored.Current : null, order == 0 && wanted.Current.IsSameAs(stored.Current));
                hasWanted = order <= 0 ? await wanted.MoveNextAsync() : hasWanted;
                hasStored = order >= 0 ? await stored.MoveNextAsync() : hasStored;
            }
        }
    }
}
