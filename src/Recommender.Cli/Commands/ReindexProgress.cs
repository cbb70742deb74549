using System.Globalization;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;

namespace Recommender.Cli.Commands;

/// <summary>A reindex with its progress shown.</summary>
internal static class ReindexProgress
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end and returns it. One that has not ended is gone on with, and one that another process is at is watched.</summary>
    /// <exception cref="CommandException">It failed, or somebody stopped it.</exception>
    public static async Task<Run> RunAsync(Session session, Terminal terminal, bool isWhole, CancellationToken cancellation)
    {
        var reindexer = session.Get<Reindexer>();
        var run = await (isWhole ? reindexer.StartWholeAsync(session.Site, cancellation) : reindexer.StartAsync(session.Site, cancellation));
        if (isWhole && run.Scope is not RunScope.Whole)
        {
            throw new CommandException($"Run {run.Id}, which takes up only what changed, has not ended. more-stories reindex goes on with it, more-stories reindex cancel ends it.");
        }

        if (run.State is not RunState.Queued)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Run {run.Id} was begun at {run.Started:u} and has not ended: it goes on from where it was."));
            run = await reindexer.ResumeAsync(session.Site, run.Id, cancellation) ?? run;
        }

        var progress = new LatestReport<Run>(run);
        await new Meter(terminal, session.Time).RunAsync(() => Read(progress.Value), async () => run = await ExecuteAsync(session, run.Id, progress, cancellation));
        if (run.State is not RunState.Succeeded)
        {
            throw new CommandException(run.State switch
            {
                RunState.Paused => "The run was paused. more-stories reindex goes on with it.",
                RunState.Cancelled => "The run was cancelled. Readers keep the lists that they have.",
                _ => $"The reindex failed: {string.Join(' ', run.Errors)}",
            });
        }

        foreach (var error in run.Errors)
        {
            terminal.Note(error);
        }

        return run;
    }

    /// <summary>Runs it to its end and says what it did and learned.</summary>
    /// <param name="session">The site.</param>
    /// <param name="terminal">Where that is said.</param>
    /// <param name="isWhole">Whether to make everything anew, needed or not.</param>
    /// <param name="isAside">Whether to say it on standard error, because standard output has something else.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CommandException">It failed, or somebody stopped it.</exception>
    public static async Task ReportAsync(Session session, Terminal terminal, bool isWhole, bool isAside, CancellationToken cancellation)
    {
        Action<string> write = isAside ? line => terminal.Note(line) : line => terminal.WriteLine(line);
        var started = session.Time.GetTimestamp();
        var run = await RunAsync(session, terminal, isWhole, cancellation);
        var seconds = session.Time.GetElapsedTime(started).TotalSeconds;
        var what = run.Scope is RunScope.Changed ? "changed articles" : "articles";
        write(string.Create(CultureInfo.InvariantCulture, $"{run.Articles:N0} {what} reindexed in {seconds:N1} s, {run.Articles / seconds:N0}/s"));
        foreach (var (name, value) in run.Figures)
        {
            write(string.Create(CultureInfo.InvariantCulture, $"{name}  {value:#,0.####}"));
        }
    }

    /// <summary>How far a run is.</summary>
    public static Reading Read(Run run) => new(
        run.Stage.Words(),
        run.Total == 0 ? null : (double)run.Done / run.Total,
        string.Create(CultureInfo.InvariantCulture, $"{run.Articles:N0} articles, {run.ArticleRate:N0}/s"));

    // Where another process is at it, this one is there should that die.
    private static async Task<Run> ExecuteAsync(Session session, string id, LatestReport<Run> progress, CancellationToken cancellation)
    {
        while (true)
        {
            var run = await session.Get<Reindexer>().ExecuteAsync(session.Site, id, progress, cancellation);
            if (run.Ended is not null || run.State is RunState.Paused)
            {
                return run;
            }

            progress.Report(run);
            await Task.Delay(LookInterval, session.Time, cancellation);
        }
    }
}
