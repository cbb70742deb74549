using Recommender.MoreStories;

namespace Recommender.Telemetry;

/// <summary>What is measured of a list when it is answered, for a list that is given again without being made again.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Kind"><c>page</c> or <c>latest</c>.</param>
/// <param name="State">How the list came about.</param>
/// <param name="Items">When its items were published, and why each is there.</param>
public sealed record ListFigures(string Site, string Kind, ListState State, IReadOnlyList<(DateTimeOffset Published, Reason Reason)> Items)
{
    /// <summary>The figures of a list.</summary>
    public static ListFigures Of(MoreStoriesList list, string kind) => new(list.Site, kind, list.State, [.. list.Items.Select(item => (item.Card.Published, item.Reason))]);
}
