using Recommender.Sites;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>
/// Orders in a queue of the storage account, from which the Functions host starts an instance that works on them: one that answered a request may be stopped as soon as it has. What the queue does
/// not take, this process works on itself.
/// </summary>
public sealed partial class HostRunQueue(OrderQueue queue, LocalRunQueue local, ILogger<HostRunQueue> logger) : IRunQueue
{
    /// <inheritdoc/>
    public async Task AddAsync(Site site, string runId, CancellationToken cancellation)
    {
        try
        {
            await queue.SendAsync(new RunOrder(site.Id, runId), cancellation);
        }
        catch (Exception failure) when (OrderQueue.IsRefusal(failure))
        {
            LogRefused(failure, site.Id, runId);
            await local.AddAsync(site, runId, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reindex {Site}: the queue does not take run {Run}, so it is worked on here")]
    private partial void LogRefused(Exception failure, string site, string run);
}
