using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Functions.Api.Articles;

/// <summary>Many articles in one request, JSON Lines in and out.</summary>
internal static class ImportEndpoint
{
    private const string Lines = "application/x-ndjson";

    /// <summary>Maps it.</summary>
    public static void MapImport(this IEndpointRouteBuilder articles) => articles.MapPost("/import", ImportAsync)
        .WithName("ImportArticles").WithSummary("Publishes articles, one JSON object a line; answers a line for each as soon as it is durable, and a summary")
        .Accepts<ArticleInput>(Lines, "*/*").Produces<ImportAnswer>(contentType: Lines).ProducesValidationProblem();

    private static async Task<IResult> ImportAsync(
        [FromQuery, Description("Id of the site, when there are several.")] string? site, HttpContext context, SiteCatalog sites, Publisher publisher, IOptions<ApiOptions> options)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        AllowLongBody(context, options.Value.MaxImportBytes);
        context.Response.ContentType = Lines;
        await new ArticleImport(found, publisher, context).RunAsync();
        return TypedResults.Empty;
    }

    // A client may wait for answers before it sends on, so a slow body is no attack here; it has a key.
    private static void AllowLongBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytes;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
