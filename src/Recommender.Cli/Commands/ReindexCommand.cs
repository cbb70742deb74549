using System.CommandLine;
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
            await ReindexProgress.ReportAsync(session, terminal, isAside: false, cancellation);
            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories reindex --config appsettings.json --site courier", "more-stories reindex status --config appsettings.json --site courier"];
}
