using System.Globalization;
using Recommender.MoreStories;

namespace Recommender.Editorial.Review;

/// <summary>Why a story is in a list, or is not, in one sentence. Plain text: whoever shows it has to escape it.</summary>
public static class Sentences
{
    /// <summary>Why an item is where it is.</summary>
    public static string WhyIn(ListItem item) => item.Reason switch
    {
        Reason.Pinned => "An editor pinned it here.",
        Reason.Similar when item.Terms.Count > 0 => $"Shares {Join(item.Terms)}.",
        Reason.Similar => "It is like this page.",
        Reason.SameThread when item.Card.Thread is { } thread => $"The same running story: {thread.Name}.",
        Reason.SameThread => "The same running story.",
        Reason.LatestInTopic => "Among the newest of this page’s topics.",
        _ => "Among the newest of the site; nothing else fits.",
    };

    /// <summary>Why a story is not in the list, or where it is.</summary>
    /// <param name="fate">What became of it.</param>
    /// <param name="count">Number of the list's slots.</param>
    /// <param name="zone">Zone for times.</param>
    /// <param name="now">The instant of the list.</param>
    /// <param name="published">When the story was published; null when not known.</param>
    public static string WhyNot(Fate fate, int count, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset? published) => fate.Kind switch
    {
        FateKind.Listed => $"It is in the list, in slot {fate.Place}.",
        FateKind.Next => $"It is below the cut: number {fate.Place} of those that come next{Buried(fate)}.",
        FateKind.Ranked when fate.Rank is { } rank => $"It is ranked {Ordinal(rank)}; the list has {count} slots{Buried(fate)}.",
        FateKind.Ranked => "It is among the newest, but the list is full before its turn.",
        FateKind.IsPage => "It is this page itself.",
        FateKind.OnPage => "It is on the page already.",
        FateKind.Blocked => $"It is blocked {Where(fate.Rule?.Scope)}{By(fate.Rule)}.",
        FateKind.NotYetPublished => $"It is not published yet: it waits until {LocalTime.Echo(published ?? now, zone, now)}.",
        FateKind.NotOlder => "It is newer than this page, and only older stories are chosen.",
        FateKind.Repeats => $"It repeats “{fate.Other?.Title}”, which comes before it.",
        FateKind.SameThread => $"It tells the same running story as “{fate.Other?.Title}”, and each running story is shown once.",
        FateKind.BelowFloor when fate.Floor is { } floor => string.Create(
            CultureInfo.InvariantCulture, $"It is too little like this page: {fate.Similarity ?? 0:0.###}, and stories count from {floor:0.###}{Buried(fate)}."),
        FateKind.BelowFloor => $"It is too little like this page{Buried(fate)}.",
        FateKind.OtherLanguage => "It is in another language than this page.",
        FateKind.TakenDown => "It was taken down.",
        FateKind.Unknown => "Nobody indexed it: there is no article of that URL or id.",
        _ => published is { } date
            ? $"It is too little like this page to be among its neighbours, and too old ({LocalTime.Distance(date - now)}) to be among the newest."
            : "It is too little like this page to be among its neighbours, and too old to be among the newest.",
    };

    /// <summary>Where a rule holds: <c>on this page</c>, <c>in the topic harbour</c>, <c>everywhere</c>.</summary>
    public static string Where(OverrideScope? scope) => scope switch
    {
        { Kind: "topic", Name: var name } => $"in the topic {name}",
        { Kind: "page" } => "on this page",
        _ => "everywhere",
    };

    private static string By(Override? rule) => rule is { Author.Length: > 0 } ? $", by {rule.Author}" : "";

    private static string Buried(Fate fate) => fate.Rule is Boost { Factor: < 1 } boost ? string.Create(CultureInfo.InvariantCulture, $"; it is buried (× {boost.Factor:0.##}) {Where(boost.Scope)}{By(boost)}") : "";

    private static string Join(IReadOnlyList<string> terms) => terms.Take(3).ToArray() switch
    {
        [var one] => one,
        [var one, var two] => $"{one} and {two}",
        [var one, var two, var three] => $"{one}, {two} and {three}",
        _ => "",
    };

    private static string Ordinal(int number) => (number % 100) is 11 or 12 or 13 ? $"{number}th" : (number % 10) switch { 1 => $"{number}st", 2 => $"{number}nd", 3 => $"{number}rd", _ => $"{number}th" };
}
