using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Functions.Triggers.Queues;
using Recommender.Ingestion;
using Recommender.Reindexing;
using Recommender.Reporting;

namespace Recommender.Functions.Desk.Overview;

/// <summary>How a site's lists are doing, at <c>/desk/{site}</c>.</summary>
internal static class OverviewEndpoints
{
    private const int RunsShown = 5;

    /// <summary>Maps the page, for anybody who is signed in.</summary>
    public static void MapOverview(this IEndpointRouteBuilder desk) => desk.MapGet("", async (
        DeskRequest request, RunTable runs, FeedTable feeds, Agenda agenda, ListSurvey survey, ClickTable clicks, CancellationToken cancellation) =>
        DeskResults.Page<OverviewPage>(new()
        {
            [nameof(OverviewPage.Runs)] = await runs.LatestAsync(request.Site, RunsShown, cancellation),
            [nameof(OverviewPage.Feeds)] = await Task.WhenAll(request.Site.Feeds.Select(feed => feeds.GetAsync(request.Site, feed, cancellation))),
            [nameof(OverviewPage.Agenda)] = await agenda.ReadAsync(request.Site, cancellation),
            [nameof(OverviewPage.Survey)] = await survey.LatestAsync(request.Site, cancellation),
            [nameof(OverviewPage.Clicks)] = await ClickFigures.ReadAsync(request, clicks, cancellation),
        }));

    /// <summary>Maps what operators do there.</summary>
    public static void MapOperations(this IEndpointRouteBuilder desk)
    {
        desk.MapPost("/reindex", async (DeskRequest request, Reindexer reindexer, IRunQueue queue, HttpContext context, CancellationToken cancellation) =>
        {
            var run = await reindexer.StartWholeAsync(request.Site, cancellation);
            await queue.AddAsync(request.Site, run.Id, cancellation);
            return DeskResults.Done(context, request.Path() + "#runs", run.Scope is RunScope.Changed
                ? "A run that takes up what changed has not ended yet. When it has, all lists can be written anew."
                : "All lists are being written anew. Readers have the old ones until all are there.");
        });
        desk.MapPost("/reindex/{run}/pause", async (string run, DeskRequest request, Reindexer reindexer, HttpContext context, CancellationToken cancellation) =>
        {
            await reindexer.AskAsync(request.Site, run, RunWish.Pause, cancellation);
            return DeskResults.Done(context, request.Path() + "#runs", "The run pauses once the articles at hand are done.");
        });
        desk.MapPost("/reindex/{run}/resume", async (string run, DeskRequest request, Reindexer reindexer, IRunQueue queue, HttpContext context, CancellationToken cancellation) =>
        {
            if (await reindexer.ResumeAsync(request.Site, run, cancellation) is { Ended: null })
            {
                await queue.AddAsync(request.Site, run, cancellation);
            }

            return DeskResults.Done(context, request.Path() + "#runs", "The run goes on from where it was.");
        });
        desk.MapPost("/reindex/{run}/cancel", async (string run, DeskRequest request, Reindexer reindexer, HttpContext context, CancellationToken cancellation) =>
        {
            await reindexer.AskAsync(request.Site, run, RunWish.Cancel, cancellation);
            return DeskResults.Done(context, request.Path() + "#runs", "The run ends once the articles at hand are done. Readers keep the lists that they have.");
        });
        desk.MapPost("/survey", async (DeskRequest request, ListSurvey survey, HttpContext context, CancellationToken cancellation) =>
        {
            var report = await survey.RunAsync(request.Site, cancellation);
            return DeskResults.Done(context, request.Path() + "#lists", $"Looked at {report.Pages} lists.");
        });
    }
}
