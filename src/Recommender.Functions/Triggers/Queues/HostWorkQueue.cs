using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>
/// Offers the blocks of runs through the queue of the storage account: the more messages wait there, the more instances the Functions host starts. A run of a few blocks is done before another instance
/// would have read the site's articles, and is offered to nobody.
/// </summary>
public sealed partial class HostWorkQueue(OrderQueue queue, ILogger<HostWorkQueue> logger) : IWorkQueue
{
    private const int FewestBlocks = 32;
    private const int Parallelism = 16;

    /// <inheritdoc/>
    public async Task OfferAsync(Site site, string runId, RunStage stage, IReadOnlyList<int> blocks, CancellationToken cancellation)
    {
        if (blocks.Count < FewestBlocks)
        {
            return;
        }

        try
        {
            // The leader takes them from the front.
            var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
            await Parallel.ForEachAsync(blocks.Reverse(), options, async (block, token) => await queue.SendAsync(new RunOrder(site.Id, runId, stage, block), token));
        }
        catch (Exception failure) when (OrderQueue.IsRefusal(failure))
        {
            LogRefused(failure, site.Id, runId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reindex {Site}: the queue does not take blocks of run {Run}, so all are worked on here")]
    private partial void LogRefused(Exception failure, string site, string run);
}
