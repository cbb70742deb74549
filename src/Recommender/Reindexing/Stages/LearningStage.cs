using Recommender.Ranking.Learning;

namespace Recommender.Reindexing.Stages;

/// <summary>Learns how the site's editors rank.</summary>
internal sealed class LearningStage(RankerLearning rankers) : IRunStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Learning;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation) =>
        await run.TellAsync(await rankers.LearnAsync(run.Site, run.Index, run.RunId, cancellation), cancellation);
}
