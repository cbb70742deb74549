using System.CommandLine;
using Recommender.Articles;
using Recommender.Cli.Lists;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.MoreStories;

namespace Recommender.Cli.Commands;

/// <summary>Shows the list of a page.</summary>
internal sealed class ListCommand : Command, IHasExamples
{
    private readonly Argument<string> page = new("PAGE") { Description = "The page's URL, or the id of its article." };

    private readonly Option<int?> count = CountOption.Of($"Items wanted, 1 to {ListRequest.MaxCount}. Default: as the site is configured, else 4.", ListRequest.MaxCount);

    private readonly Option<string?> at = new("--at")
    {
        Description = "The instant to answer for, such as 2021-10-18T14:00:00Z: ages, windows and publication are judged at it. Default: now.",
        HelpName = "INSTANT",
    };

    private readonly Option<bool> olderOnly = new("--older-only") { Description = "Only stories that were published before the page. Default: as the site is configured." };

    private readonly Option<bool> explain = new("--explain") { Description = "Take the score of each item apart." };

    private readonly Option<bool> json = new("--json") { Description = "Write what the HTTP interface answers." };

    public ListCommand(Terminal terminal)
        : base("list", "Shows the \"More Stories\" list of a page, and why each story is in it.")
    {
        Add(page);
        Add(count);
        Add(at);
        Add(olderOnly);
        Add(explain);
        Add(json);
        SetAction(async (arguments, cancellation) =>
        {
            var name = arguments.GetRequiredValue(page);
            await using var session = Session.OpenToRead(arguments, PageArgument.IsUrl(name) ? name : null);
            var list = await session.Get<MoreStoriesService>().GetAsync(session.Site, Request(arguments, session, name), cancellation);
            if (list.Page is null)
            {
                terminal.Note($"'{name}' is not indexed: these are the latest stories.");
            }

            var isExplained = arguments.GetValue(explain);
            if (arguments.GetValue(json))
            {
                await ListJson.WriteAsync(list, isExplained, cancellation);
            }
            else
            {
                new ListText(terminal, isExplained).Write(list);
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories list https://news.example/2021/10/the-old-lighthouse",
        "more-stories list the-old-lighthouse --count 8 --explain",
        "more-stories list the-old-lighthouse --at 2021-10-18 --json | jq '.items[].title'",
    ];

    private ListRequest Request(ParseResult arguments, Session session, string name) => new()
    {
        Id = PageArgument.IsUrl(name) ? null : name,
        Url = PageArgument.IsUrl(name) ? name : null,
        Count = arguments.GetValue(count),
        OnlyOlder = arguments.GetValue(olderOnly) ? true : null,
        At = arguments.GetValue(at) is not { } text ? null
            : LenientDate.TryParse(text, session.Site.TimeZone, out var instant) ? instant
            : throw CommandException.Usage($"'{text}' is no instant: write one like 2021-10-18T14:00:00Z."),
    };
}
