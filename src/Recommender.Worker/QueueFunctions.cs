using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>What messages set off.</summary>
public sealed class QueueFunctions(WorkerFront front)
{
    [Function("RunReindex")]
    public Task RunReindex([QueueTrigger("more-stories-runs", Connection = "AzureWebJobsStorage")] string order, CancellationToken cancellation) => front.TakeAsync("RunReindex", order, cancellation);

    [Function("GiveUpReindex")]
    public Task GiveUpReindex([QueueTrigger("more-stories-runs-poison", Connection = "AzureWebJobsStorage")] string order, CancellationToken cancellation) => front.TakeAsync("GiveUpReindex", order, cancellation);
}
