namespace Recommender.Reindexing;

/// <summary>What a run leaves for the next to know what is left to do.</summary>
internal sealed record RunMark
{
    /// <summary>The way in which articles are treated now. To be raised when terms, places or lists are made in another way than before, so that the next run makes all anew.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The way in which articles were treated.</summary>
    public required int Format { get; init; }

    /// <summary>What places articles, as <see cref="Placing.PlacingRuns.NameAsync"/> tells it.</summary>
    public required string Placing { get; init; }

    /// <summary>What happened from then on is left to do.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>How many articles there were when all was made anew.</summary>
    public required int Articles { get; init; }

    /// <summary>How many came or changed since then, and were taken up.</summary>
    public int Changed { get; init; }
}
