using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>Takes blocks of a run to other instances, which may help. Whoever leads the run works on them too, so one that is lost or comes twice does no harm.</summary>
public interface IWorkQueue
{
    /// <summary>Offers blocks.</summary>
    /// <param name="site">The run's site.</param>
    /// <param name="runId">Id of the run.</param>
    /// <param name="stage">What is to be done with them.</param>
    /// <param name="blocks">Their numbers.</param>
    /// <param name="cancellation">Stops it.</param>
    Task OfferAsync(Site site, string runId, RunStage stage, IReadOnlyList<int> blocks, CancellationToken cancellation);
}

/// <summary>There is nobody else: the process that leads a run does all of it, several blocks at a time.</summary>
internal sealed class SoleWorker : IWorkQueue
{
    /// <inheritdoc/>
    public Task OfferAsync(Site site, string runId, RunStage stage, IReadOnlyList<int> blocks, CancellationToken cancellation) => Task.CompletedTask;
}
