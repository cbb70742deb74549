using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers;

/// <summary>A run as the API gives it.</summary>
/// <param name="Id">Unique in its site.</param>
/// <param name="Site">Id of the site.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>paused</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Scope"><c>changed</c>: what came or changed since the last run; <c>whole</c>: everything; absent while that is not decided.</param>
/// <param name="Stage">What it is at: <c>planning</c>, <c>terms</c>, <c>topics</c>, <c>places</c>, <c>threads</c>, <c>lists</c>, <c>switching</c> or <c>learning</c>.</param>
/// <param name="Asked"><c>pause</c> or <c>cancel</c> while that was asked of it and is yet to be done; else absent.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Started">When work on it began; absent while it has not.</param>
/// <param name="Ended">When it ended; absent while it has not.</param>
/// <param name="Total">Steps to do, three for each article; 0 while not known.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Rate">Steps a second.</param>
/// <param name="Errors">What went wrong, newest last.</param>
/// <param name="Figures">What the run learned and measured, by name.</param>
internal sealed record RunAnswer(
    string Id,
    string Site,
    string State,
    string? Scope,
    string Stage,
    string? Asked,
    DateTimeOffset Created,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    int Total,
    int Done,
    double Rate,
    IReadOnlyList<string> Errors,
    IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>The answer for a run.</summary>
    public static RunAnswer Of(Site site, Run run) => new(
        run.Id,
        site.Id,
        run.State.ToString().ToLowerInvariant(),
        run.Scope?.ToString().ToLowerInvariant(),
        run.Stage.ToString().ToLowerInvariant(),
        run.Wish?.ToString().ToLowerInvariant(),
        run.Created,
        run.Started,
        run.Ended,
        run.Total,
        run.Done,
        run.Rate,
        run.Errors,
        run.Figures);
}
