using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Desk;

/// <summary>Every route of the desk, as the application has them: what is added later is found here too.</summary>
public static class DeskRoutes
{
    public static IReadOnlyList<(string Method, string Path, RouteEndpoint Endpoint)> All(Deployment deployment) =>
        [.. deployment.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("desk", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, PathOf(endpoint), endpoint)))];

    public static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The roles that open a route; none for one that anybody who is signed in may use.</summary>
    public static IReadOnlyList<string> Roles(RouteEndpoint endpoint)
    {
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList();
        return policies.Contains("desk-editor") ? ["editor"] : policies.Contains("desk-operator") ? ["operator"] : policies.Contains("desk") ? ["editor", "operator"] : [];
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "site" } => "gazette",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } => "strike",
        _ => "x",
    }))));
}
