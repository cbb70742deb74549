namespace Recommender.Clicks;

/// <summary>What a reader followed: nothing of who, from where or at what time of the day.</summary>
/// <param name="Page">Id of the article under which the list stood.</param>
/// <param name="Story">Id of the story that was chosen.</param>
/// <param name="Slot">The story's place in the list, from 1.</param>
public readonly record struct Click(string Page, string Story, int Slot);

/// <summary>How often a click was made.</summary>
/// <param name="Page">As of <see cref="Click"/>.</param>
/// <param name="Story">As of <see cref="Click"/>.</param>
/// <param name="Slot">As of <see cref="Click"/>.</param>
/// <param name="Count">Times.</param>
public sealed record ClickCount(string Page, string Story, int Slot, long Count)
{
    /// <summary>Counts of several sources as one: each click once, in order of page, story and slot.</summary>
    public static IReadOnlyList<ClickCount> Merge(IEnumerable<ClickCount> counts) =>
        [.. counts.GroupBy(count => new Click(count.Page, count.Story, count.Slot))
            .Select(click => new ClickCount(click.Key.Page, click.Key.Story, click.Key.Slot, click.Sum(count => count.Count)))
            .OrderBy(count => count.Page, StringComparer.Ordinal).ThenBy(count => count.Story, StringComparer.Ordinal).ThenBy(count => count.Slot)];
}
