using System.CommandLine;
using Recommender.Articles;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Shows one article as it is stored.</summary>
internal sealed class ShowCommand : Command, IHasExamples
{
    private readonly Argument<string> page = new("PAGE") { Description = "The article's id or URL." };

    public ShowCommand(Terminal terminal)
        : base("show", "Writes one article as it is stored, as a line of JSON.")
    {
        Add(page);
        SetAction(async (arguments, cancellation) =>
        {
            var name = arguments.GetRequiredValue(page);
            await using var session = Session.OpenToRead(arguments, PageArgument.IsUrl(name) ? name : null);
            await using var output = Console.OpenStandardOutput();
            await ArticleLines.WriteAnswerAsync(output, await PageArgument.FindAsync(session, name, cancellation), cancellation);
            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories show the-old-lighthouse | jq ."];
}
