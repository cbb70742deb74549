using Microsoft.AspNetCore.Http.Extensions;

namespace Recommender.Functions.Desk.Pages;

/// <summary>What is looked at on a page's desk, as its address says: kept over every post, so that an editor comes back to where they were.</summary>
public sealed record PageQuery
{
    /// <summary>Words or the address of a story that is looked for.</summary>
    public string Words { get; init; } = "";

    /// <summary>Slug of a topic to look in.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Day from which stories are looked for, <c>yyyy-MM-dd</c>.</summary>
    public string Since { get; init; } = "";

    /// <summary><c>blocked</c> to see what is blocked; else recent stories.</summary>
    public string Show { get; init; } = "";

    /// <summary>Id of the story whose details are shown.</summary>
    public string Story { get; init; } = "";

    /// <summary><c>why</c>, <c>schedule</c> or <c>history</c>.</summary>
    public string Tab { get; init; } = "";

    /// <summary>The time that the list is shown at, in the site's zone; empty for now.</summary>
    public string At { get; init; } = "";

    /// <summary>What an address says.</summary>
    public static PageQuery Of(IQueryCollection query) => new()
    {
        Words = Text(query, "q"),
        Topic = Text(query, "topic"),
        Since = Text(query, "since"),
        Show = Text(query, "show"),
        Story = Text(query, "story"),
        Tab = Text(query, "tab"),
        At = Text(query, "at"),
    };

    /// <summary>The fields that are not empty, by their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => new Dictionary<string, string>
    {
        ["q"] = Words,
        ["topic"] = Topic,
        ["since"] = Since,
        ["show"] = Show,
        ["story"] = Story,
        ["tab"] = Tab,
        ["at"] = At,
    }.Where(named => named.Value.Length > 0);

    /// <summary>With a question mark; empty for nothing.</summary>
    public override string ToString() => new QueryBuilder(Fields).ToString();

    private static string Text(IQueryCollection query, string name) => query[name].ToString().Trim() is var text && text.Length <= 2_000 ? text : "";
}
