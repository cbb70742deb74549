using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Recommender.Editorial;
using Recommender.Functions.Access;

namespace Recommender.Functions.Api.Overrides;

/// <summary>What editors ask: pins, blocks and boosts of a page, a topic or the site.</summary>
internal static class OverrideEndpoints
{
    private const string SiteDescription = "Id of the site, when there are several.";
    private const string Route = "/overrides/{kind}/{key}";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal) { ["pins"] = Pin.Name, ["blocks"] = Block.Name, ["boosts"] = Boost.Name };

    /// <summary>Maps overrides under each scope.</summary>
    public static void MapOverrides(this IEndpointRouteBuilder endpoints)
    {
        MapScope(endpoints, "/api/pages/{id}", "Page", routed => OverrideScope.Page(SiteRequests.Unescape((string)routed["id"]!)));
        MapScope(endpoints, "/api/topics/{topic}", "Topic", routed => OverrideScope.Topic((string)routed["topic"]!));
        MapScope(endpoints, "/api/site", "Site", _ => OverrideScope.Site);
    }

    private static void MapScope(IEndpointRouteBuilder endpoints, string prefix, string name, Func<RouteValueDictionary, OverrideScope> scopeOf)
    {
        var overrides = endpoints.MapGroup(prefix).RequireAuthorization(AccessServices.Editor).WithTags("Overrides")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        overrides.MapGet("/overrides", (HttpContext context, [FromQuery, Description(SiteDescription)] string? site, OverrideDesk desk, CancellationToken cancellation) =>
                desk.ListAsync(site, scopeOf(context.Request.RouteValues), cancellation))
            .WithName($"{name}Overrides").WithSummary("Pins, blocks and boosts, in force or not").Produces<OverridesAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        overrides.MapPut(Route, (HttpContext context, string kind, string key, OverrideBody? body, [FromQuery, Description(SiteDescription)] string? site, OverrideDesk desk, CancellationToken cancellation) =>
                KindOf(kind, out var known) is { } problem ? Task.FromResult<IResult>(problem) : desk.PutAsync(site, new OverrideName(scopeOf(context.Request.RouteValues), known, SiteRequests.Unescape(key)), body ?? new(), context, cancellation))
            .WithName($"Put{name}Override").WithSummary("Pins to a slot, blocks a story, or boosts one; with If-Match or If-None-Match only if nobody else did meanwhile")
            .Produces<OverrideAnswer>().Produces<OverrideAnswer>(StatusCodes.Status201Created).ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        overrides.MapDelete(Route, (HttpContext context, string kind, string key, [FromQuery, Description(SiteDescription)] string? site, [FromQuery, Description("Who decided; the key's name when absent.")] string? author, OverrideDesk desk, CancellationToken cancellation) =>
                KindOf(kind, out var known) is { } problem ? Task.FromResult<IResult>(problem) : desk.DeleteAsync(site, new OverrideName(scopeOf(context.Request.RouteValues), known, SiteRequests.Unescape(key)), author, context, cancellation))
            .WithName($"Delete{name}Override").WithSummary("Takes a pin, block or boost back")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static ProblemHttpResult? KindOf(string word, out string kind) =>
        Kinds.TryGetValue(word, out kind!) ? null : Problems.NotFound($"There are {string.Join(", ", Kinds.Keys)}, but no {word}.");
}

/// <summary>What an address says of an override.</summary>
/// <param name="Scope">Where it holds.</param>
/// <param name="Kind"><c>pin</c>, <c>block</c> or <c>boost</c>.</param>
/// <param name="Key">The slot of a pin, else the story's id or URL.</param>
internal readonly record struct OverrideName(OverrideScope Scope, string Kind, string Key);
