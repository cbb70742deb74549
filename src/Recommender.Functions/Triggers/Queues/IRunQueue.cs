using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers.Queues;

/// <summary>Takes orders for runs, which are recorded already, to whoever works on them.</summary>
public interface IRunQueue
{
    /// <summary>Has a run worked on. Asking twice does no harm; an order that is lost is made up for by the next sweep.</summary>
    Task AddAsync(Site site, string runId, CancellationToken cancellation);
}

/// <summary>What is asked for: a whole run, or help with one block of a run that another instance leads.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Run">Id of the run.</param>
/// <param name="Stage">What is to be done with the block.</param>
/// <param name="Block">Its number.</param>
public sealed record RunOrder(string Site, string Run, RunStage? Stage = null, int? Block = null);
