using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Recommender.Articles;
using Recommender.Functions.Access;
using Recommender.Ingestion;
using Recommender.Sites;

namespace Recommender.Functions.Api.Articles;

/// <summary>What a CMS asks: articles in and out.</summary>
internal static class ArticleEndpoints
{
    private const string SiteDescription = "Id of the site, when there are several.";

    /// <summary>Maps articles and their import.</summary>
    public static void MapArticles(this IEndpointRouteBuilder endpoints)
    {
        var articles = endpoints.MapGroup("/api/articles").RequireAuthorization(AccessServices.Articles).WithTags("Articles")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        articles.MapPut("/{id}", PutAsync).WithName("PutArticle").WithSummary("Publishes an article, or a new version of it")
            .Accepts<ArticleInput>("application/json").Produces<PublishAnswer>().Produces<PublishAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict);
        articles.MapGet("/{id}", GetAsync).WithName("GetArticle").WithSummary("An article in the interchange format, and the running story that it tells")
            .Produces<ArticleAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        articles.MapDelete("/{id}", DeleteAsync).WithName("DeleteArticle").WithSummary("Takes an article out of every list at once")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        articles.MapPost("", PostAsync).WithName("PostArticle").WithSummary("Publishes an article by its url, which is fetched, or as it is sent when a title comes with it")
            .Accepts<ArticleInput>("application/json").Produces<PublishAnswer>().Produces<PublishAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        articles.MapImport();
    }

    private static async Task<IResult> PutAsync(
        string id, [FromQuery, Description(SiteDescription)] string? site, HttpContext context, SiteCatalog sites, Publisher publisher, CancellationToken cancellation)
    {
        var (input, problem) = await ReadAsync(context.Request, cancellation);
        if (input is null)
        {
            return problem!;
        }

        id = context.Segment(^1);
        return input.Id is { } other && other != id ? Problems.Field("id", $"The body's id '{other}' is not the address's.")
            : !sites.TryFind(site, input.Url, out var found, out var unknown) ? unknown
            : Answer(await publisher.PublishAsync(found, input with { Id = id }, cancellation), found);
    }

    private static async Task<IResult> PostAsync(
        [FromQuery, Description(SiteDescription)] string? site, HttpRequest request, SiteCatalog sites, Publisher publisher, PagePublisher pages, CancellationToken cancellation)
    {
        var (input, problem) = await ReadAsync(request, cancellation);
        if (input is null)
        {
            return problem!;
        }

        if (!sites.TryFind(site, input.Url, out var found, out var unknown))
        {
            return unknown;
        }

        if (input.Title is not null)
        {
            return Answer(await publisher.PublishAsync(found, input, cancellation), found);
        }

        if (!CanonicalUrl.TryParse(input.Url, out _))
        {
            return Problems.Field("url", "An absolute http or https URL is required.");
        }

        try
        {
            var page = await pages.PublishAsync(found, input.Url!, cancellation);
            return page.Result is { } result ? Answer(result, found)
                : page.Removed ? TypedResults.Ok(new PublishAnswer(null, PublishAnswer.Removed))
                : Problems.Unprocessable($"{input.Url} is not there, and was not indexed before.");
        }
        catch (SourceException failure)
        {
            return Problems.Unprocessable(failure.Message);
        }
    }

    private static async Task<IResult> GetAsync(
        string id, [FromQuery, Description(SiteDescription)] string? site, HttpContext context, SiteCatalog sites, Publisher publisher, CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        id = context.Segment(^1);
        if (await publisher.GetAsync(found, id, cancellation) is not { } article)
        {
            return Problems.NotFound($"There is no article '{id}'.");
        }

        var content = new MemoryStream();
        await ArticleLines.WriteAnswerAsync(content, article, cancellation);
        return TypedResults.Bytes(content.ToArray(), "application/json");
    }

    private static async Task<IResult> DeleteAsync(
        string id, [FromQuery, Description(SiteDescription)] string? site, HttpContext context, SiteCatalog sites, Publisher publisher, CancellationToken cancellation)
    {
        id = context.Segment(^1);
        return !sites.TryFind(site, null, out var found, out var unknown) ? unknown
            : await publisher.UnpublishAsync(found, id, cancellation) ? TypedResults.NoContent()
            : Problems.NotFound($"There is no article '{id}'.");
    }

    private static IResult Answer(PublishResult result, Site site)
    {
        var answer = new PublishAnswer(result.Id, PublishAnswer.Word(result.Outcome));
        return result.Outcome switch
        {
            PublishOutcome.Invalid => Problems.Fields(result.Errors),
            PublishOutcome.Conflict => Problems.Conflict(result.Errors),
            PublishOutcome.Created => TypedResults.Created($"/api/articles/{Uri.EscapeDataString(result.Id!)}?site={site.Id}", answer),
            _ => TypedResults.Ok(answer),
        };
    }

    private static async Task<(ArticleInput? Input, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        try
        {
            return (ArticleLines.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)), null);
        }
        catch (JsonException failure)
        {
            return (null, Problems.Fields([Problems.Json(failure)]));
        }
    }
}
