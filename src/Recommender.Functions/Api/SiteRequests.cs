using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommender.Sites;

namespace Recommender.Functions.Api;

/// <summary>Finds the site that a request means.</summary>
internal static class SiteRequests
{
    /// <summary>Whether the query's site, the host of a URL in it, or there being one site only tells which is meant.</summary>
    public static bool TryFind(this SiteCatalog catalog, string? site, string? url, [NotNullWhen(true)] out Site? found, [NotNullWhen(false)] out ValidationProblem? problem)
    {
        found = catalog.Find(site, url);
        problem = found is not null ? null : Problems.Field("site", (string.IsNullOrEmpty(site) ? "Say which site is meant" : $"There is no site '{site}'") + ": " + Names(catalog) + ".");
        return found is not null;
    }

    /// <summary>A route value as the client meant it: the server decodes all but the slash.</summary>
    public static string Unescape(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static string Names(SiteCatalog catalog) => catalog.All.Count == 0 ? "none is configured" : string.Join(", ", catalog.All.Select(site => site.Id));
}
