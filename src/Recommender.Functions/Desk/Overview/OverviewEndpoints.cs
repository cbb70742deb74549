using Recommender.Functions.Triggers;
using Recommender.Ingestion;
using Recommender.Reindexing;

namespace Recommender.Functions.Desk.Overview;

/// <summary>How a site's lists are doing, at <c>/desk/{site}</c>.</summary>
internal static class OverviewEndpoints
{
    private const int RunsShown = 5;

    /// <summary>Maps the page, for anybody who is signed in.</summary>
    public static void MapOverview(this IEndpointRouteBuilder desk) => desk.MapGet("", async (DeskRequest request, RunTable runs, FeedTable feeds, CancellationToken cancellation) =>
        DeskResults.Page<OverviewPage>(new()
        {
            [nameof(OverviewPage.Runs)] = await runs.LatestAsync(request.Site, RunsShown, cancellation),
            [nameof(OverviewPage.Feeds)] = await Task.WhenAll(request.Site.Feeds.Select(feed => feeds.GetAsync(request.Site, feed, cancellation))),
        }));

    /// <summary>Maps what operators do there.</summary>
    public static void MapOperations(this IEndpointRouteBuilder desk) => desk.MapPost("/reindex", async (
        DeskRequest request, Reindexer reindexer, ReindexQueue queue, HttpContext context, CancellationToken cancellation) =>
    {
        var run = await reindexer.StartAsync(request.Site, cancellation);
        queue.Add(request.Site, run.Id);
        return DeskResults.Done(context, request.Path() + "#runs", "All lists are being written anew. Readers have the old ones until each is done.");
    });
}
