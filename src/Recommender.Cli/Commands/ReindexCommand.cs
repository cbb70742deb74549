using System.CommandLine;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Takes up what changed, or makes all lists anew.</summary>
internal sealed class ReindexCommand : Command, IHasExamples
{
    private readonly Option<bool> whole = new("--whole") { Description = "Make everything anew, whether or not that is needed." };

    public ReindexCommand(Terminal terminal)
        : base(
            "reindex",
            "Takes up what came or changed since the last reindex. Where that is much, or none was yet, everything is made anew: every article's terms are chosen by what the whole site has now, and every list is written; readers keep the old lists until all are there. A run that was interrupted is gone on with.")
    {
        Add(whole);
        foreach (var control in ReindexControls.All(terminal))
        {
            Add(control);
        }

        SetAction(async (arguments, cancellation) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, cancellation);
            await ReindexProgress.ReportAsync(session, terminal, arguments.GetValue(whole), isAside: false, cancellation);
            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories reindex --config appsettings.json --site courier",
        "more-stories reindex --whole --config appsettings.json --site courier",
        "more-stories reindex status --config appsettings.json --site courier",
    ];
}
