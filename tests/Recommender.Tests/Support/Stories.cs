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

    public static ArticleInput Ferry(int part) => Story(
        $"ferry-{part}",
        part switch
        {
            1 => "Ferry crews vote to strike over night sailings",
            2 => "Island farmers count the cost of a silent harbour",
            3 => "Harbour board and ferry union meet a mediator",
            _ => $"Ferry strike, day {part.ToString(CultureInfo.InvariantCulture)}: who still sails",
        },
        "The ferry crews of Brennan Sound say night sailings leave them without rest. The Brennan Sound Ferry Union wants a third crew on every ferry, and the harbour board refuses.",
        $"2026-10-{part:00}T08:00:00Z",
        "The Brennan Sound Ferry Union and the harbour board are far apart.",
        "Harbour");

    public static ArticleInput Orchard(int part) => Story(
        $"orchard-{part}",
        part switch
        {
            1 => "Late frost takes half of the valley's apple blossom",
            2 => "Cider makers look abroad for apples",
            _ => $"Apple diary {part.ToString(CultureInfo.InvariantCulture)}: pruning for the next spring",
        },
        "Apple growers in the valley light fires between the trees against the frost. The orchard keepers expect few apples and dear cider this autumn.",
        $"2026-09-{part:00}T08:00:00Z",
        "Apple growers expect a thin harvest.",
        "Countryside");
}
