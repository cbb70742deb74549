using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Recommender.Functions.Access;
using Recommender.Functions.Api;
using Recommender.Functions.Triggers.Queues;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Triggers;

/// <summary>What operators ask: all lists anew, and how far that is.</summary>
internal static class ReindexEndpoints
{
    private const string SiteDescription = "Id of the site, when there are several.";

    /// <summary>Maps them.</summary>
    public static void MapReindex(this IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/api/reindex").RequireAuthorization(AccessServices.Ops).WithTags("Operations")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesValidationProblem();
        runs.MapPost("", StartAsync).WithName("Reindex").WithSummary("Starts a run that takes up what changed since the last one, or makes everything anew; or gives the one that is under way")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted);
        runs.MapGet("/{run}", GetAsync).WithName("ReindexRun").WithSummary("How far a run is")
            .Produces<RunAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapPost("/{run}/pause", PauseAsync).WithName("PauseReindex").WithSummary("Asks a run to stop for the time being; it does when the articles at hand are done")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/{run}/resume", ResumeAsync).WithName("ResumeReindex").WithSummary("Lets a run that was paused go on from where it was")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/{run}/cancel", CancelAsync).WithName("CancelReindex").WithSummary("Ends a run; readers keep the lists that they have")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> StartAsync(
        [FromQuery, Description(SiteDescription)] string? site,
        [FromQuery, Description("true: everything anew, whether or not that is needed. A run under way that has begun with less is given as it is.")] bool? whole,
        SiteCatalog sites,
        Reindexer reindexer,
        IRunQueue queue,
        CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        var run = await (whole is true ? reindexer.StartWholeAsync(found, cancellation) : reindexer.StartAsync(found, cancellation));
        await queue.AddAsync(found, run.Id, cancellation);
        return TypedResults.Accepted($"/api/reindex/{run.Id}?site={found.Id}", RunAnswer.Of(found, run));
    }

    private static async Task<IResult> GetAsync(
        string run, [FromQuery, Description(SiteDescription)] string? site, HttpResponse response, SiteCatalog sites, Reindexer reindexer, CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        response.Headers.CacheControl = "no-store";
        return await reindexer.GetAsync(found, run, cancellation) is { } known ? TypedResults.Ok(RunAnswer.Of(found, known)) : Problems.NotFound($"There is no run '{run}'.");
    }

    private static Task<IResult> PauseAsync(
        string run, [FromQuery, Description(SiteDescription)] string? site, SiteCatalog sites, Reindexer reindexer, CancellationToken cancellation) =>
        ChangeAsync(run, site, sites, found => reindexer.AskAsync(found, run, RunWish.Pause, cancellation));

    private static Task<IResult> CancelAsync(
        string run, [FromQuery, Description(SiteDescription)] string? site, SiteCatalog sites, Reindexer reindexer, CancellationToken cancellation) =>
        ChangeAsync(run, site, sites, found => reindexer.AskAsync(found, run, RunWish.Cancel, cancellation));

    private static Task<IResult> ResumeAsync(
        string run, [FromQuery, Description(SiteDescription)] string? site, SiteCatalog sites, Reindexer reindexer, IRunQueue queue, CancellationToken cancellation) =>
        ChangeAsync(run, site, sites, async found =>
        {
            var resumed = await reindexer.ResumeAsync(found, run, cancellation);
            if (resumed is { Ended: null })
            {
                await queue.AddAsync(found, run, cancellation);
            }

            return resumed;
        });

    private static async Task<IResult> ChangeAsync(string run, string? site, SiteCatalog sites, Func<Site, Task<Run?>> change)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        return await change(found) switch
        {
            null => Problems.NotFound($"There is no run '{run}'."),
            { State: RunState.Succeeded or RunState.Failed } ended => TypedResults.Problem(
                $"Run '{run}' has ended: it {ended.State.ToString().ToLowerInvariant()}.", title: "The run has ended", statusCode: StatusCodes.Status409Conflict),
            var changed => TypedResults.Accepted($"/api/reindex/{run}?site={found.Id}", RunAnswer.Of(found, changed)),
        };
    }
}
