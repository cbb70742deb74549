using Recommender.Reindexing.Placing;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Reindexing.Stages;

/// <summary>What the stages of a run have in common in one process.</summary>
/// <param name="Site">The site.</param>
/// <param name="Index">Its index.</param>
/// <param name="RunId">Id of the run.</param>
/// <param name="Scope">What it does; null while that is not decided.</param>
internal sealed record RunContext(Site Site, SimilarityIndex Index, string RunId, RunScope? Scope)
{
    /// <summary>How many articles a run of what changed takes up at a time where publishing waits for it.</summary>
    public const int AtATime = 16;

    /// <summary>What it does, after planning.</summary>
    public RunScope? Scope { get; set; } = Scope;

    /// <summary>Whether it goes by what changed.</summary>
    public bool IsOfChanged => Scope is RunScope.Changed;

    /// <summary>Where the process that leads the run tells how far it is; null in one that helps.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>By what terms are chosen.</summary>
    public ITermWorths? Worths { get; set; }

    /// <summary>By what articles are placed.</summary>
    public IPlacingRun? Placing { get; set; }

    /// <summary>Where lists are written.</summary>
    public NeighbourLists? Lists { get; set; }

    /// <summary>Tells figures, where this process leads.</summary>
    public Task TellAsync(IReadOnlyDictionary<string, double> figures, CancellationToken cancellation) =>
        Progress is null || figures.Count == 0 ? Task.CompletedTask : Progress.UpdateAsync(run => run.With(figures), cancellation);
}
