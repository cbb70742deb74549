using System.CommandLine;
using System.Globalization;
using Recommender.Articles;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Tables;

namespace Recommender.Cli.Commands;

/// <summary>Shows the newest articles.</summary>
internal sealed class ArticlesCommand : Command, IHasExamples
{
    private const int DefaultCount = 20;
    private const int MostCount = 100_000;

    private readonly Option<string?> topic = new("--topic") { Description = "Only those under this topic.", HelpName = "TOPIC" };

    private readonly Option<int?> count = CountOption.Of($"Articles wanted. Default: {DefaultCount}.", MostCount);

    public ArticlesCommand(Terminal terminal)
        : base("articles", "Shows the newest articles of the site: date, id and title.")
    {
        Add(topic);
        Add(count);
        SetAction(async (arguments, cancellation) =>
        {
            await using var session = Session.OpenToRead(arguments);
            var slug = arguments.GetValue(topic) is { } name ? Slug.From(name) ?? throw CommandException.Usage($"'{name}' is no topic.") : Keys.AnyTopic;
            var cards = await session.Get<Timeline>().LatestAsync(session.Site, slug, until: null, arguments.GetValue(count) ?? DefaultCount, cancellation);
            foreach (var card in cards)
            {
                terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{card.Published:yyyy-MM-dd}  {card.Id}  {card.Title}"));
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories articles --topic \"Harbour\" --count 50"];
}
