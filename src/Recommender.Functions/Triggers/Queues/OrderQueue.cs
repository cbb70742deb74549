using System.Text.Json;
using Azure;
using Azure.Storage.Queues;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>The queue of the storage account that orders are sent to. It is made when it is missing.</summary>
public sealed class OrderQueue(QueueClient queue)
{
    /// <summary>The queue's name, as in the manifest.</summary>
    public const string Name = "more-stories-runs";

    /// <summary>Whether an exception says that the queue did not take an order.</summary>
    public static bool IsRefusal(Exception failure) => failure is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException;

    /// <summary>Sends an order.</summary>
    public async Task SendAsync(RunOrder order, CancellationToken cancellation)
    {
        var message = JsonSerializer.Serialize(order, TriggersJson.Default.RunOrder);
        try
        {
            await queue.SendMessageAsync(message, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync(message, cancellation);
        }
    }
}
