using System.CommandLine;
using System.Globalization;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Cli.Commands;

/// <summary>What can be asked about, and of, the run of a site that has not ended, whichever process is at it.</summary>
internal static class ReindexControls
{
    /// <summary>The subcommands of <c>reindex</c>.</summary>
    public static IEnumerable<Command> All(Terminal terminal) =>
    [
        Of("status", "Tells how far the run is that has not ended.", terminal, (_, _, run, _) => Task.FromResult<Run?>(run)),
        Of("pause", "Asks the run to stop for the time being. It does when the articles at hand are done.", terminal, (reindexer, site, run, cancellation) => reindexer.AskAsync(site, run.Id, RunWish.Pause, cancellation)),
        Of("resume", "Lets the run go on in the process that works on runs. To work on it here: more-stories reindex.", terminal, (reindexer, site, run, cancellation) => reindexer.ResumeAsync(site, run.Id, cancellation)),
        Of("cancel", "Ends the run. Readers keep the lists that they have.", terminal, (reindexer, site, run, cancellation) => reindexer.AskAsync(site, run.Id, RunWish.Cancel, cancellation)),
    ];

    private static Command Of(string name, string description, Terminal terminal, Func<Reindexer, Site, Run, CancellationToken, Task<Run?>> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (arguments, cancellation) =>
        {
            await using var session = Session.OpenToRead(arguments);
            var reindexer = session.Get<Reindexer>();
            var run = await reindexer.FindActiveAsync(session.Site, cancellation) ?? throw new CommandException("There is no run that has not ended.");
            run = await act(reindexer, session.Site, run, cancellation) ?? run;
            terminal.WriteLine(Line(run));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Line(Run run)
    {
        var asked = run.Wish is { } wish ? $", asked to {wish.ToString().ToLowerInvariant()}" : "";
        var share = run.Total == 0 ? 0 : (double)run.Done / run.Total;
        return string.Create(CultureInfo.InvariantCulture, $"{run.Id}: {run.State.ToString().ToLowerInvariant()}{asked}; {run.Stage.Words().ToLowerInvariant()}, {share:0%} of {run.Articles:N0} articles");
    }
}
