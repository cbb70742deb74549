using Microsoft.Azure.Functions.Worker;
using Recommender.Functions.Triggers;

namespace Recommender.Worker;

/// <summary>What timers set off.</summary>
public sealed class TimerFunctions(WorkerFront front)
{
    [Function("PollFeeds")]
    public Task PollFeeds([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => front.RunAsync("PollFeeds", cancellation);

    [Function("Reindex")]
    public Task Reindex([TimerTrigger("0 30 2 * * *")] TimerInfo timer, CancellationToken cancellation) => front.RunAsync("Reindex", cancellation);

    [Function("Sweep")]
    public Task Sweep([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellation) => front.RunAsync("Sweep", cancellation);
}
