using Recommender.Sites;

namespace Recommender.Reindexing;

/// <summary>Learns a site's term statistics anew and recomputes every list's neighbours.</summary>
public sealed class Reindexer
{
    /// <summary>Records a new run, without working on it yet. When one is under way, that one is returned.</summary>
    public Task<Run> StartAsync(Site site, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Works on a run until it has ended, and returns it. <paramref name="progress"/> is told now and then.</summary>
    public Task<Run> ExecuteAsync(Site site, string runId, IProgress<Run>? progress = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>A run as it stands; null when there is none of that id.</summary>
    public Task<Run?> GetAsync(Site site, string runId, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>One reindex.</summary>
public sealed record Run
{
    /// <summary>Unique in its site; later runs sort first.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required RunState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Articles to do; 0 while not known.</summary>
    public int Total { get; init; }

    /// <summary>Articles done.</summary>
    public int Done { get; init; }

    /// <summary>Articles a second, since it began.</summary>
    public double Rate { get; init; }

    /// <summary>What went wrong, newest last, at most 20.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>Asked for.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,
}
