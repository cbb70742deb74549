using System.CommandLine;
using Recommender.Cli.Importing;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Takes back what was exported.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly Argument<string> file = new("FILE")
    {
        Description = "What export wrote, packed by gzip or not: a backup, or with --articles JSON Lines, one article a line; - for standard input.",
    };

    private readonly Option<bool> replace = new("--replace")
    {
        Description = "With a backup: the site becomes what the backup says, also where it has something now that would be lost.",
    };

    private readonly Terminal terminal;

    public ImportCommand(Terminal terminal)
        : base("import", "Takes back what was exported. A backup is read whole before anything is written; the same again writes nothing, and one that was interrupted goes on.")
    {
        this.terminal = terminal;
        Add(file);
        Add(replace);
        Add(ImportOptions.Strict);
        Add(ImportOptions.Results);
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories import backup.jsonl.gz",
        "more-stories import backup.jsonl.gz --replace --config appsettings.json --site courier",
        "more-stories export --store sqlite:old.db | more-stories import - --store azure:mystorageaccount",
    ];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        await using var input = await ImportFile.OpenAsync(arguments.GetRequiredValue(file), stop);
        var (strict, results, replaces) = (arguments.GetValue(ImportOptions.Strict), arguments.GetValue(ImportOptions.Results), arguments.GetValue(replace));
        if (input.IsBackup && (strict || results))
        {
            throw CommandException.Usage("A backup is taken as a whole: --strict and --results are for articles.");
        }

        if (!input.IsBackup && replaces)
        {
            throw CommandException.Usage("This is no backup but articles: --replace is for backups.");
        }

        await using var session = await Session.OpenToWriteAsync(arguments, terminal, stop, completes: !input.IsBackup);
        if (input.IsBackup)
        {
            await new Restore(session, terminal).RunAsync(input, replaces, stop);
            return ExitCode.Success;
        }

        return await new Import(session, terminal, new ImportReport(terminal, results)).RunAsync([input.Lines], strict, stop);
    }
}
