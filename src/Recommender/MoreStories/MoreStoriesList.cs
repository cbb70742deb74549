using System.Text.Json.Serialization;
using Recommender.Articles;
using Recommender.Ranking;

namespace Recommender.MoreStories;

/// <summary>The answer for a page: items in order, and a state that says how the list came about.</summary>
public sealed record MoreStoriesList
{
    /// <summary>Id of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Id of the page's article; null for a page that nobody indexed.</summary>
    public string? Page { get; init; }

    /// <summary>How the list came about; a heading belongs only over a list that is not empty.</summary>
    public required ListState State { get; init; }

    /// <summary>What stands above the list.</summary>
    public required string Heading { get; init; }

    /// <summary>Language of the heading and of the dates.</summary>
    public required string Language { get; init; }

    /// <summary>The items, slot 1 first.</summary>
    public required IReadOnlyList<ListItem> Items { get; init; }

    /// <summary>Until when nothing but the age of stories makes another list of what is known: the next instant at which an override begins or ends, or a story is published.</summary>
    [JsonIgnore]
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;
}

/// <summary>How a list came about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ListState>))]
public enum ListState
{
    /// <summary>Every slot is filled by what was chosen for this page.</summary>
    [JsonStringEnumMemberName("complete")]
    Complete,

    /// <summary>Something was chosen for this page, but the latest stories had to fill up, or slots stayed open.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    /// <summary>Nothing fitted this page; these are the latest stories.</summary>
    [JsonStringEnumMemberName("fallback")]
    Fallback,

    /// <summary>No items: show no heading.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,
}

/// <summary>Why an item is in a list.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reason>))]
public enum Reason
{
    /// <summary>An editor put it into this slot.</summary>
    [JsonStringEnumMemberName("pinned")]
    Pinned,

    /// <summary>It shares key terms with the page.</summary>
    [JsonStringEnumMemberName("similar")]
    Similar,

    /// <summary>It tells the same running story.</summary>
    [JsonStringEnumMemberName("same-thread")]
    SameThread,

    /// <summary>It is among the newest of one of the page's topics.</summary>
    [JsonStringEnumMemberName("latest-in-topic")]
    LatestInTopic,

    /// <summary>It is among the newest of the site.</summary>
    [JsonStringEnumMemberName("latest")]
    Latest,
}

/// <summary>One item of a list.</summary>
public sealed record ListItem
{
    /// <summary>Place in the list, from 1.</summary>
    public required int Slot { get; init; }

    /// <summary>What is shown.</summary>
    public required ArticleCard Card { get; init; }

    /// <summary>The published date in words, for the site's language and zone: "October 18, 2021".</summary>
    public required string Date { get; init; }

    /// <summary>Why it is here.</summary>
    public required Reason Reason { get; init; }

    /// <summary>Terms it shares with the page, in their surface form, the weightiest first; empty unless <see cref="Reason.Similar"/> or <see cref="Reason.SameThread"/>.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>The score, taken apart. The parts of a node sum to its value.</summary>
    public required Explanation Explanation { get; init; }
}
