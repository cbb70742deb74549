using System.Globalization;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;

namespace Recommender.Cli.Commands;

/// <summary>A reindex with its progress shown.</summary>
internal static class ReindexProgress
{
    /// <summary>Runs it to its end and returns it.</summary>
    /// <exception cref="CommandException">It failed.</exception>
    public static async Task<Run> RunAsync(Session session, Terminal terminal, CancellationToken cancellation)
    {
        var reindexer = session.Get<Reindexer>();
        var run = await reindexer.StartAsync(session.Site, cancellation);
        if (run.State == RunState.Running)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Run {run.Id} was begun at {run.Started:u} and has not ended: it is done again from its start."));
        }

        var progress = new LatestReport<Run>(run);
        await new Meter(terminal, session.Time).RunAsync(
            () => Read(progress.Value), async () => run = await reindexer.ExecuteAsync(session.Site, run.Id, progress, cancellation));
        if (run.State != RunState.Succeeded)
        {
            throw new CommandException($"The reindex failed: {string.Join(' ', run.Errors)}");
        }

        foreach (var error in run.Errors)
        {
            terminal.Note(error);
        }

        return run;
    }

    private static Reading Read(Run run) => new(
        run.Done < run.Articles ? "Choosing terms" : run.Done < 2 * run.Articles ? "Placing among subjects" : "Finding related stories",
        run.Total == 0 ? null : (double)run.Done / run.Total,
        string.Create(CultureInfo.InvariantCulture, $"{run.Articles:N0} articles, {run.ArticleRate:N0}/s"));
}
