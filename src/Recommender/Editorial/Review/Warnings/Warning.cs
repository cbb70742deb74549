namespace Recommender.Editorial.Review.Warnings;

/// <summary>Something that an editor should know before publishing.</summary>
/// <param name="Rule">Name of the rule that found it.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What it is, in a sentence or two. Plain text.</param>
/// <param name="About">The override that it is about.</param>
public sealed record Warning(string Rule, WarningLevel Level, string Message, Override About)
{
    /// <summary>What would help, as a button could say it; null for nothing simple.</summary>
    public string? Remedy { get; init; }
}

/// <summary>How much a warning matters.</summary>
public enum WarningLevel
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Probably not what was meant.</summary>
    Caution,

    /// <summary>The rule does not do what it says.</summary>
    Failure,
}

/// <summary>One rule that finds warnings.</summary>
public interface IWarningRule
{
    /// <summary>What it finds.</summary>
    IEnumerable<Warning> Check(WarningContext context);
}

/// <summary>What warnings are found in.</summary>
public sealed record WarningContext
{
    /// <summary>Id of the page's article.</summary>
    public required string Page { get; init; }

    /// <summary>The instant of the review.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Zone for times.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>What holds for the page now, in force or not.</summary>
    public required IReadOnlyList<Override> Live { get; init; }

    /// <summary>What would hold after the draft, in force or not.</summary>
    public required IReadOnlyList<Override> After { get; init; }

    /// <summary>The stories that rules are about, by id.</summary>
    public required IReadOnlyDictionary<string, Story> Stories { get; init; }

    /// <summary>Targets of pins whose slot the ranking would give them by itself.</summary>
    public IReadOnlySet<string> Redundant { get; init; } = new HashSet<string>();

    /// <summary>Pins that are in force or will be.</summary>
    public IEnumerable<Pin> Pins => After.OfType<Pin>().Where(pin => pin.Until is null || pin.Until > Now);

    /// <summary>What to call a story.</summary>
    public string NameOf(string id) => Stories.TryGetValue(id, out var story) ? story.Name : id;
}

/// <summary>All rules.</summary>
public static class WarningRules
{
    private static readonly IWarningRule[] All =
    [
        new TakenDown(), new PinnedAndBlocked(), new PinnedToItself(), new SlotTaken(), new PinnedTwice(), new NotYetPublished(), new ExpiresSoon(), new StalePin(), new EndlessPin(), new RedundantPin(),
    ];

    /// <summary>Everything there is to say, what matters most first.</summary>
    public static IReadOnlyList<Warning> Check(WarningContext context) => [.. All.SelectMany(rule => rule.Check(context)).OrderByDescending(warning => warning.Level)];
}
