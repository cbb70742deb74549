using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Ranking;
using Recommender.Threads;

namespace Recommender.Functions.Api.Lists;

/// <summary>A list as the API gives it.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Page">Id of the page's article; absent for a page that nobody indexed.</param>
/// <param name="State">How the list came about.</param>
/// <param name="Heading">What stands above it, unless it is empty.</param>
/// <param name="Language">Language of the heading and of the dates.</param>
/// <param name="Items">The items, slot 1 first.</param>
internal sealed record ListAnswer(string Site, string? Page, ListState State, string Heading, string Language, IReadOnlyList<ItemAnswer> Items)
{
    /// <summary>The answer for a list.</summary>
    public static ListAnswer Of(MoreStoriesList list, bool isExplained) =>
        new(list.Site, list.Page, list.State, list.Heading, list.Language, [.. list.Items.Select(item => ItemAnswer.Of(item, isExplained))]);
}

/// <summary>One item of a list.</summary>
internal sealed record ItemAnswer
{
    /// <summary>Place in the list, from 1.</summary>
    public required int Slot { get; init; }

    /// <summary>Id of the article.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is.</summary>
    public required string Url { get; init; }

    /// <summary>Its headline, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two, plain text; may be empty.</summary>
    public required string Dek { get; init; }

    /// <summary>A thumbnail; absent when it has none.</summary>
    public ArticleImage? Image { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public required DateTime Published { get; init; }

    /// <summary>The same day in words, in the site's zone and the list's language.</summary>
    public required string Date { get; init; }

    /// <summary>Slugs of its topics.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Its language.</summary>
    public required string Language { get; init; }

    /// <summary>Why it is here.</summary>
    public required Reason Reason { get; init; }

    /// <summary>The running story that it tells; absent when it tells none.</summary>
    public StoryThread? Thread { get; init; }

    /// <summary>Terms that it shares with the page; empty unless the reason is <c>similar</c> or <c>same-thread</c>.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>The score, taken apart; only when asked for.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>The answer for an item.</summary>
    public static ItemAnswer Of(ListItem item, bool isExplained) => new()
    {
        Slot = item.Slot,
        Id = item.Card.Id,
        Url = item.Card.Url,
        Title = item.Card.Title,
        Dek = item.Card.Dek,
        Image = item.Card.Image,
        Published = item.Card.Published.UtcDateTime,
        Date = item.Date,
        Topics = item.Card.Topics,
        Language = item.Card.Language,
        Reason = item.Reason,
        Thread = item.Card.Thread,
        Terms = item.Terms,
        Explanation = isExplained ? item.Explanation : null,
    };
}
