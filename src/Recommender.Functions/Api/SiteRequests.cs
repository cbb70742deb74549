using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
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

    /// <summary>
    /// The segment of the request's path at a place (0 is the first), as the client meant it. The server's own path would not do: it decodes all but the slash, so that an escaped slash and an
    /// escaped percent sign look the same in it.
    /// </summary>
    public static string Segment(this HttpContext context, Index place)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = Uri.TryCreate(target, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" ? absolute.AbsolutePath : target.Split('?', 2)[0];
        return Uri.UnescapeDataString(path.Trim('/').Split('/')[place]);
    }

    private static string Names(SiteCatalog catalog) => catalog.All.Count == 0 ? "none is configured" : string.Join(", ", catalog.All.Select(site => site.Id));
}
