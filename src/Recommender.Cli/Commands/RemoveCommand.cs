using System.CommandLine;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Takes articles out of every list.</summary>
internal sealed class RemoveCommand : Command, IHasExamples
{
    private readonly Argument<string[]> pages = new("PAGE") { Description = "Ids or URLs of the articles.", Arity = ArgumentArity.OneOrMore };

    public RemoveCommand(Terminal terminal)
        : base("remove", "Takes articles out of the index and of every list at once. Indexing them again brings them back.")
    {
        Add(pages);
        SetAction(async (arguments, cancellation) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, cancellation);
            foreach (var page in arguments.GetRequiredValue(pages))
            {
                var article = await PageArgument.FindAsync(session, page, cancellation);
                await session.Publisher.UnpublishAsync(session.Site, article.Id, cancellation);
                terminal.WriteLine($"Removed {article.Id}: {article.Title}");
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories remove the-old-lighthouse https://news.example/2021/10/withdrawn"];
}
