namespace Recommender.Reindexing;

/// <summary>Some of the articles of a run, which one process at a time works on.</summary>
/// <param name="Number">Its place in the run.</param>
/// <param name="Name">The topics and months that its articles are of, for those who watch.</param>
/// <param name="Ids">Ids of its articles.</param>
public sealed record RunBlock(int Number, string Name, IReadOnlyList<string> Ids)
{
    /// <summary>The last stage that is done with it.</summary>
    public RunStage Done { get; init; }

    /// <summary>Who is at it; null when nobody is.</summary>
    public string? Worker { get; init; }

    /// <summary>Until when; null for the run's leader, whose lease tells.</summary>
    public DateTimeOffset? Until { get; init; }
}
