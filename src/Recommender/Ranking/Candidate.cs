namespace Recommender.Ranking;

/// <summary>A story that could be in a list.</summary>
public sealed record Candidate
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Similarity to the page, 0 to 1; 0 for one that is a candidate only because it is new.</summary>
    public double Similarity { get; init; }

    /// <summary>What else tells whether it belongs under the page, as <see cref="Features.PairFeatures"/> packs it; empty for one that is a candidate only because it is new.</summary>
    public byte[] Features { get; init; } = [];

    /// <summary>Terms it shares with the page, in their surface form.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Slugs of its topics.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Whether it is of use whatever its age.</summary>
    public bool Evergreen { get; init; }

    /// <summary>Whether it is among the newest of a topic of the page.</summary>
    public bool InTopic { get; init; }
}

/// <summary>A candidate with its score. What the score is made of is put into words when somebody asks, for of most candidates nobody does.</summary>
/// <param name="candidate">The story.</param>
/// <param name="score">The score.</param>
/// <param name="explain">Takes the same score apart.</param>
public sealed class RankedCandidate(Candidate candidate, double score, Func<Explanation> explain)
{
    private Explanation? explanation;

    /// <summary>A candidate whose score is explained already.</summary>
    public RankedCandidate(Candidate candidate, Explanation explanation)
        : this(candidate, explanation.Value, () => explanation)
    {
    }

    /// <summary>The story.</summary>
    public Candidate Candidate => candidate;

    /// <summary>The score.</summary>
    public double Score => score;

    /// <summary>The score, taken apart.</summary>
    public Explanation Explanation => explanation ??= explain();

    /// <summary>Whether its likeness to the page is what brought it here, rather than its date.</summary>
    public bool IsSimilar { get; init; }
}
