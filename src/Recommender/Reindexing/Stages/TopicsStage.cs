using Recommender.Topics;

namespace Recommender.Reindexing.Stages;

/// <summary>Learns topics and files what nobody filed. What came since was filed when it was published, by what the last run learned.</summary>
internal sealed class TopicsStage(TopicFiling topics) : IRunStage
{
    /// <inheritdoc/>
    public RunStage Stage => RunStage.Topics;

    /// <inheritdoc/>
    public async Task BeginAsync(RunContext run, CancellationToken cancellation)
    {
        if (run.IsOfChanged)
        {
            return;
        }

        run.Index.Measure();
        await run.TellAsync(await topics.RunAsync(run.Site, cancellation), cancellation);
    }
}
