using System.Globalization;
using Recommender.Backups;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Importing;

/// <summary>Puts a backup back: reads it whole before anything is written, and asks before anything is lost.</summary>
internal sealed class Restore(Session session, Terminal terminal)
{
    /// <summary>Makes the site what the backup says.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="replaces">Whether what only the site has may be lost.</param>
    /// <param name="cancellation">Stops it; the same again goes on where it was.</param>
    /// <exception cref="CommandException">Something would be lost, and <paramref name="replaces"/> is not set.</exception>
    /// <exception cref="BackupException">The backup is not whole.</exception>
    public async Task RunAsync(ImportFile file, bool replaces, CancellationToken cancellation)
    {
        var restore = session.Get<SiteRestore>();
        var started = session.Time.GetTimestamp();
        RestorePlan plan = null!;
        await ShowAsync("Checking the backup", file, progress => file.ReadBackupAsync(
            async stream => plan = await restore.PlanAsync(session.Site, stream, progress, cancellation), cancellation));
        if (plan.Overwrites && !replaces)
        {
            throw new CommandException(string.Create(CultureInfo.InvariantCulture,
                $"Site '{session.Site.Id}' has {plan.Extra:N0} rows that the backup of {plan.Created:u} has not, and {plan.Different:N0} that it has otherwise. Say --replace to lose them. Nothing was written."));
        }

        await ShowAsync("Restoring", file, progress => file.ReadBackupAsync(
            stream => restore.RestoreAsync(session.Site, stream, plan, progress, cancellation), cancellation));
        var counts = plan.Counts;
        terminal.WriteLine(BackupText.Of(counts));
        var written = plan.Missing + plan.Different + plan.Extra;
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Site '{session.Site.Id}' is as it was on {plan.Created:u}: {written:N0} of {counts.Rows:N0} rows written in {session.Time.GetElapsedTime(started).TotalSeconds:N1} s"));
    }

    private Task ShowAsync(string label, ImportFile file, Func<IProgress<BackupProgress>, Task> work)
    {
        var progress = new LatestReport<BackupProgress>(default);
        return new Meter(terminal, session.Time).RunAsync(() => BackupText.Of(label, file.Share, progress.Value), () => work(progress));
    }
}

/// <summary>Figures of a backup in words.</summary>
internal static class BackupText
{
    /// <summary>What it has.</summary>
    public static string Of(BackupCounts counts) =>
        string.Create(CultureInfo.InvariantCulture, $"{counts.Articles:N0} articles, {counts.Overrides:N0} overrides, {counts.AuditEntries:N0} audit entries");

    /// <summary>How far the work with it is.</summary>
    public static Reading Of(string label, double? share, BackupProgress progress) =>
        new(label, share, string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows{(progress.Table is { } table ? $", {table}" : "")}"));
}
