using System.CommandLine;
using Recommender.Cli.Importing;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Takes back what was exported.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly Argument<string> file = new("FILE") { Description = "A file of JSON Lines, one article a line, as export writes it; - for standard input." };

    public ImportCommand(Terminal terminal)
        : base("import", "Takes exported articles in. What is exported again afterwards is the same, line by line.")
    {
        Add(file);
        Add(ImportOptions.Strict);
        Add(ImportOptions.Results);
        SetAction(async (arguments, stop) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, stop);
            var report = new ImportReport(terminal, arguments.GetValue(ImportOptions.Results));
            var source = ImportSource.Lines(arguments.GetRequiredValue(file));
            return await new Import(session, terminal, report).RunAsync([source], arguments.GetValue(ImportOptions.Strict), stop);
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories import articles.jsonl",
        "more-stories export --store sqlite:old.db | more-stories import - --store azure:mystorageaccount",
    ];
}
