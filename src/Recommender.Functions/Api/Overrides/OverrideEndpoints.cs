using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Functions.Access;

namespace Recommender.Functions.Api.Overrides;

/// <summary>What editors ask: pins, blocks and boosts of a page, a topic or the site.</summary>
internal static class OverrideEndpoints
{
    private const string SiteDescription = "Id of the site, when there are several.";
    private const string Route = "/overrides/{kind}/{key}";

    // Place of the page's id or the topic in the path.
    private const int Scope = 2;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal) { ["pins"] = Pin.Name, ["blocks"] = Block.Name, ["boosts"] = Boost.Name, ["evergreens"] = Evergreen.Name };

    /// <summary>Maps overrides under each scope.</summary>
    public static void MapOverrides(this IEndpointRouteBuilder endpoints)
    {
        MapScope(endpoints, "/api/pages/{id}", "Page", context => OverrideScope.Page(context.Segment(Scope)));
        MapScope(endpoints, "/api/topics/{topic}", "Topic", context => Slug.From(context.Segment(Scope)) is { } slug ? OverrideScope.Topic(slug) : null);
        MapScope(endpoints, "/api/site", "Site", _ => OverrideScope.Site);
    }

    private static void MapScope(IEndpointRouteBuilder endpoints, string prefix, string name, Func<HttpContext, OverrideScope?> scopeOf)
    {
        var overrides = endpoints.MapGroup(prefix).RequireAuthorization(AccessServices.Editor).WithTags("Overrides")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        overrides.MapGet("/overrides", (HttpContext context, [FromQuery, Description(SiteDescription)] string? site, OverrideDesk desk, CancellationToken cancellation) =>
                scopeOf(context) is { } scope ? desk.ListAsync(site, scope, cancellation) : NoTopic())
            .WithName($"{name}Overrides").WithSummary("Pins, blocks, boosts and evergreens, in force or not").Produces<OverridesAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        overrides.MapPut(Route, (HttpContext context, string kind, OverrideBody? body, [FromQuery, Description(SiteDescription)] string? site, OverrideDesk desk, CancellationToken cancellation) =>
                NameOf(context, kind, scopeOf, out var rule) is { } problem ? problem : desk.PutAsync(site, rule, body ?? new(), context, cancellation))
            .WithName($"Put{name}Override").WithSummary("Pins to a slot (pins/2, or pins/2@evening for another window of it), blocks a story, boosts one, or takes it for evergreen; with If-Match or If-None-Match: * only if nobody else did meanwhile")
            .Produces<OverrideAnswer>().Produces<OverrideAnswer>(StatusCodes.Status201Created).ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        overrides.MapDelete(Route, (HttpContext context, string kind, [FromQuery, Description(SiteDescription)] string? site, [FromQuery, Description("Who decided; the key's name when absent.")] string? author, OverrideDesk desk, CancellationToken cancellation) =>
                NameOf(context, kind, scopeOf, out var rule) is { } problem ? problem : desk.DeleteAsync(site, rule, author, context, cancellation))
            .WithName($"Delete{name}Override").WithSummary("Takes an override back")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    // What is wrong with the address, or nothing and what it names.
    private static Task<IResult>? NameOf(HttpContext context, string kind, Func<HttpContext, OverrideScope?> scopeOf, out OverrideName name)
    {
        name = default;
        if (!Kinds.TryGetValue(kind, out var known))
        {
            return Task.FromResult<IResult>(Problems.NotFound($"There are {string.Join(", ", Kinds.Keys)}, but no {kind}."));
        }

        if (scopeOf(context) is not { } scope)
        {
            return NoTopic();
        }

        name = new OverrideName(scope, known, context.Segment(^1));
        return null;
    }

    private static Task<IResult> NoTopic() => Task.FromResult<IResult>(Problems.Field("topic", "A topic has at least one letter or digit."));
}

/// <summary>What an address says of an override.</summary>
/// <param name="Scope">Where it holds.</param>
/// <param name="Kind"><c>pin</c>, <c>block</c>, <c>boost</c> or <c>evergreen</c>.</param>
/// <param name="Key">The slot of a pin, with its turn behind an <c>@</c>; else the story's id or URL.</param>
internal readonly record struct OverrideName(OverrideScope Scope, string Kind, string Key);
