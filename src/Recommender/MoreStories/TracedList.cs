namespace Recommender.MoreStories;

/// <summary>A list with what became of everything else: for editors, never for readers.</summary>
public sealed record TracedList
{
    /// <summary>How many of the next are told.</summary>
    public const int NextKept = 10;

    /// <summary>The list, as readers get it.</summary>
    public required MoreStoriesList List { get; init; }

    /// <summary>The stories that would come next, in their order; their slots go on behind the list's.</summary>
    public required IReadOnlyList<ListItem> Next { get; init; }

    /// <summary>What became of each candidate, by id.</summary>
    public required IReadOnlyDictionary<string, Fate> Fates { get; init; }
}
