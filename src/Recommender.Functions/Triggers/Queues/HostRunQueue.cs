using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>
/// Orders in a queue of the storage account, from which the Functions host starts an instance that works on them: one that answered a request may be stopped as soon as it has. What the queue does
/// not take, this process works on itself.
/// </summary>
public sealed partial class HostRunQueue(QueueClient queue, LocalRunQueue local, ILogger<HostRunQueue> logger) : IRunQueue
{
    /// <summary>The queue's name, as in the manifest.</summary>
    public const string Name = "more-stories-runs";

    /// <inheritdoc/>
    public async Task AddAsync(Site site, string runId, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(JsonSerializer.Serialize(new RunOrder(site.Id, runId), TriggersJson.Default.RunOrder), cancellation);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException)
        {
            LogRefused(failure, site.Id, runId);
            await local.AddAsync(site, runId, cancellation);
        }
    }

    private async Task SendAsync(string order, CancellationToken cancellation)
    {
        try
        {
            await queue.SendMessageAsync(order, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync(order, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reindex {Site}: the queue does not take run {Run}, so it is worked on here")]
    private partial void LogRefused(Exception failure, string site, string run);
}
