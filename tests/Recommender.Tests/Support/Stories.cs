using System.Globalization;
using Recommender.Articles;

namespace Recommender.Tests.Support;

/// <summary>Invented articles.</summary>
public static class Stories
{
    public static ArticleInput Story(string id, string title, string body = "", string? published = null, string dek = "", params string[] topics) => new()
    {
        Id = id,
        Url = $"https://gazette.example/{id}",
        Title = title,
        Dek = dek,
        Body = body,
        Published = published ?? "2026-11-01T08:00:00Z",
        Topics = topics,
    };

    // The parts of a running story share names and words, yet each tells something of its own: they are no copies of one another.
    public static ArticleInput Ferry(int part) => Story(
        $"ferry-{part}",
        part switch
        {
            1 => "Ferry crews vote to strike over night sailings",
            2 => "Island farmers count the cost of a silent harbour",
            3 => "Harbour board and ferry union meet a mediator",
            _ => $"Ferry strike, day {part.ToString(CultureInfo.InvariantCulture)}: who still sails",
        },
        part switch
        {
            1 => "The ferry crews of Brennan Sound say night sailings leave them without rest. The Brennan Sound Ferry Union wants a third crew on every ferry, and the harbour board refuses.",
            2 => "No ferry has left Brennan Sound since the crews walked out. Milk is poured away on the islands, say farmers, who blame the harbour board as much as the Brennan Sound Ferry Union.",
            3 => "A mediator from the mainland heard the harbour board in the morning and the Brennan Sound Ferry Union after lunch. Ferry crews waited outside with drums until Brennan Sound grew dark.",
            _ => "Two ferry crews of Brennan Sound carry patients and post, the Brennan Sound Ferry Union allows no more. The harbour board hires tugs for everything else.",
        },
        $"2026-10-{part:00}T08:00:00Z",
        part switch
        {
            1 => "The Brennan Sound Ferry Union and the harbour board are far apart.",
            2 => "A ferry strike reaches the cowsheds of Brennan Sound.",
            3 => "Ferry talks between board and union go on behind closed doors.",
            _ => "What the ferry union lets through, and what the harbour board does about it.",
        },
        "Harbour");

    public static ArticleInput Orchard(int part) => Story(
        $"orchard-{part}",
        part switch
        {
            1 => "Late frost takes half of the valley's apple blossom",
            2 => "Cider makers look abroad for apples",
            _ => $"Apple diary {part.ToString(CultureInfo.InvariantCulture)}: pruning for the next spring",
        },
        part switch
        {
            1 => "Apple growers in the valley light fires between the trees against the frost. The orchard keepers expect few apples and dear cider this autumn.",
            2 => "With so few apples on the trees of the valley, cider presses buy from growers across the border. An orchard keeper calls it the shame of the autumn.",
            _ => "An orchard keeper of the valley shows which apple branches the frost has killed, and why growers must cut them before cider is pressed.",
        },
        $"2026-09-{part:00}T08:00:00Z",
        part switch
        {
            1 => "Apple growers expect a thin harvest.",
            2 => "The valley's cider will not be of the valley's apples.",
            _ => "What apple growers do when the harvest is in.",
        },
        "Countryside");
}
