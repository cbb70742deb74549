using System.CommandLine;
using System.Globalization;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Makes all lists anew.</summary>
internal sealed class ReindexCommand : Command, IHasExamples
{
    public ReindexCommand(Terminal terminal)
        : base("reindex", "Chooses every article's terms by what the whole site has now, and writes every list anew. Readers keep the old lists until all are there. A run that was interrupted is gone on with.")
    {
        foreach (var control in ReindexControls.All(terminal))
        {
            Add(control);
        }

        SetAction(async (arguments, cancellation) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, cancellation);
            var started = session.Time.GetTimestamp();
            var run = await ReindexProgress.RunAsync(session, terminal, cancellation);
            var seconds = session.Time.GetElapsedTime(started).TotalSeconds;
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Articles:N0} articles reindexed in {seconds:N1} s, {run.Articles / seconds:N0}/s"));
            foreach (var (name, value) in run.Figures)
            {
                terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}  {value:#,0.####}"));
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories reindex --config appsettings.json --site courier", "more-stories reindex status --config appsettings.json --site courier"];
}
