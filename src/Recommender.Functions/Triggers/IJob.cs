using Recommender.Sites;

namespace Recommender.Functions.Triggers;

/// <summary>Work that a timer sets off, for one site at a time and by one process at a time.</summary>
public interface IJob
{
    /// <summary>Name of the function whose manifest has the schedule.</summary>
    string Name { get; }

    /// <summary>Does the work for a site; what it throws fails the job for this site only.</summary>
    /// <param name="site">The site.</param>
    /// <param name="say">Takes a line on what happened.</param>
    /// <param name="cancellation">Stops it: the process ends, or another has taken the work over.</param>
    Task RunAsync(Site site, Action<string> say, CancellationToken cancellation);
}
