using System.Text.Json;
using Recommender.Clicks;
using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Functions.Api.Clicks;

/// <summary>Takes clicks from the widget: which story, in which slot, under which page, and nothing of the reader.</summary>
internal static class ClickEndpoint
{
    private const int LongestBody = 4 * 1024;

    /// <summary>Maps it.</summary>
    public static void MapClicks(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/sites/{site}/clicks", CountAsync)
        .RequireRateLimiting(RateLimits.Clicks).WithTags("Lists").WithName("Clicks").WithSummary("Counts that a reader followed a story of a list; nothing is kept of the reader")
        .Accepts<ClickBody>("text/plain", "application/json")
        .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> CountAsync(string site, HttpContext context, SiteCatalog sites, ReadCache cache, ClickCounter counter, CancellationToken cancellation)
    {
        if (!sites.TryGet(site, out var found))
        {
            return Problems.NotFound($"There is no site '{site}'.");
        }

        if (!IsFromPages(context.Request, found))
        {
            return TypedResults.Problem("Only pages of the site's allowed origins tell of clicks.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (await ReadAsync(context.Request, cancellation) is not { } body)
        {
            return Problems.Field("body", "Send a JSON object with page, item and slot.");
        }

        if (body.Slot is not (>= 1 and <= ListRequest.MaxCount))
        {
            return Problems.Field("slot", $"A slot is a whole number from 1 to {ListRequest.MaxCount}.");
        }

        // What nobody indexed would only fill the table: a made-up id costs its sender a request and us a read.
        foreach (var (field, id) in new[] { ("page", body.Page), ("item", body.Item) })
        {
            if (string.IsNullOrEmpty(id) || await cache.CardAsync(found, id, cancellation) is null)
            {
                return Problems.Field(field, "There is no such article.");
            }
        }

        if (body.Page == body.Item)
        {
            return Problems.Field("item", "A page is never in its own list.");
        }

        counter.Add(found, new Click(body.Page!, body.Item!, body.Slot.Value));
        return TypedResults.NoContent();
    }

    // Browsers say of every post which page sent it, and no page can say otherwise.
    private static bool IsFromPages(HttpRequest request, Site site)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (site.AllowedOrigins.Contains("*") || site.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase) || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<ClickBody?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is null or > LongestBody)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, ApiJson.Default.ClickBody, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A click.</summary>
/// <param name="Page">Id of the article under which the list stood, as the list's <c>page</c> gives it.</param>
/// <param name="Item">Id of the story that was followed.</param>
/// <param name="Slot">Its slot, from 1.</param>
internal sealed record ClickBody(string? Page, string? Item, int? Slot);
