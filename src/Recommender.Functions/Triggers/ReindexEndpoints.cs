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
        runs.MapPost("", StartAsync).WithName("Reindex").WithSummary("Starts a run that writes every list anew, or gives the one that is under way")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted);
        runs.MapGet("/{run}", GetAsync).WithName("ReindexRun").WithSummary("How far a run is")
            .Produces<RunAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StartAsync(
        [FromQuery, Description(SiteDescription)] string? site, SiteCatalog sites, Reindexer reindexer, IRunQueue queue, CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        var run = await reindexer.StartAsync(found, cancellation);
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
}
