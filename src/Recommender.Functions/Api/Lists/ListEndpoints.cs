using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Functions.Api.Kept;
using Recommender.Functions.Widget;
using Recommender.MoreStories;
using Recommender.Sites;

namespace Recommender.Functions.Api.Lists;

/// <summary>What readers' pages ask.</summary>
internal static class ListEndpoints
{
    private const string Json = "application/json";
    private const string Html = "text/html; charset=utf-8";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the lists.</summary>
    public static void MapLists(this IEndpointRouteBuilder endpoints)
    {
        var lists = endpoints.MapGroup("/api").RequireCors(SiteCors.Policy).WithTags("Lists");
        lists.MapMethods("/more-stories", Reading, GetListAsync)
            .WithName("MoreStories").WithSummary("The More Stories list of a page")
            .Produces<ListAnswer>().Produces(StatusCodes.Status304NotModified).ProducesValidationProblem();
        lists.MapMethods("/more-stories.html", Reading, GetFragmentAsync)
            .WithName("MoreStoriesHtml").WithSummary("The same list as a fragment for server-side include; nothing when it is empty")
            .Produces<string>(contentType: "text/html").Produces(StatusCodes.Status304NotModified).ProducesValidationProblem();
        lists.MapMethods("/latest", Reading, GetLatestAsync)
            .WithName("Latest").WithSummary("The newest stories of a topic or of the site")
            .Produces<ListAnswer>().Produces(StatusCodes.Status304NotModified).ProducesValidationProblem();
        foreach (var route in new[] { "/more-stories", "/more-stories.html", "/latest" })
        {
            lists.MapMethods(route, [HttpMethods.Options], Options).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> GetListAsync(
        [AsParameters] ListQuery query, SiteCatalog sites, MoreStoriesService lists, ChangeFollower changes, IOptions<ApiOptions> options, CancellationToken cancellation)
    {
        if (!sites.TryFind(query.Site, query.Url, out var site, out var unknown))
        {
            return unknown;
        }

        if (!query.TryRead(out var request, out var problem))
        {
            return problem;
        }

        var heard = changes.HeardOf(site);
        var list = await lists.GetAsync(site, request, cancellation);
        return query.IsExplained
            ? new CachedContent(Bytes(list, isExplained: true), Json, CachedContent.Revalidate)
            : Answer(list, AnswerOrigin.Of(site, heard, list, "page"), options.Value);
    }

    private static async Task<IResult> GetFragmentAsync(
        [AsParameters] ListQuery query, SiteCatalog sites, MoreStoriesService lists, ChangeFollower changes, IOptions<ApiOptions> options, IServiceProvider services, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (!sites.TryFind(query.Site, query.Url, out var site, out var unknown))
        {
            return unknown;
        }

        if (!query.TryRead(out var request, out var problem))
        {
            return problem;
        }

        var heard = changes.HeardOf(site);
        var list = await lists.GetAsync(site, request, cancellation);
        return new CachedContent(await RenderAsync(list, services, loggers), Html, CachedContent.Fresh(options.Value, list.State is ListState.Empty))
        {
            Origin = AnswerOrigin.Of(site, heard, list, "page"),
        };
    }

    private static async Task<IResult> GetLatestAsync(
        [FromQuery, Description("Slug of a topic; all topics when absent.")] string? topic,
        [FromQuery, Description("Id of the site, when there are several.")] string? site,
        [FromQuery, Description("Items wanted, 1 to 20.")] string? count,
        SiteCatalog sites,
        MoreStoriesService lists,
        ChangeFollower changes,
        IOptions<ApiOptions> options,
        CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        if (!ListQuery.TryCount(count, out var items))
        {
            return Problems.Field("count", $"Count is a whole number from 1 to {ListRequest.MaxCount}.");
        }

        var heard = changes.HeardOf(found);
        var list = await lists.LatestAsync(found, string.IsNullOrEmpty(topic) ? null : Slug.From(topic) ?? topic, items, cancellation: cancellation);
        return Answer(list, AnswerOrigin.Of(found, heard, list, "latest"), options.Value);
    }

    private static CachedContent Answer(MoreStoriesList list, AnswerOrigin origin, ApiOptions options) =>
        new(Bytes(list, isExplained: false), Json, CachedContent.Fresh(options, list.State is ListState.Empty)) { Origin = origin };

    private static byte[] Bytes(MoreStoriesList list, bool isExplained) => JsonSerializer.SerializeToUtf8Bytes(ListAnswer.Of(list, isExplained), ApiJson.Default.ListAnswer);

    private static async Task<byte[]> RenderAsync(MoreStoriesList list, IServiceProvider services, ILoggerFactory loggers)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MoreStoriesFragment.List)] = list });
        return Encoding.UTF8.GetBytes(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<MoreStoriesFragment>(parameters)).ToHtmlString()));
    }

    // A preflight never comes here: cross-origin rules answer it.
    private static NoContent Options(HttpResponse response)
    {
        response.Headers.Allow = "GET, HEAD, OPTIONS";
        return TypedResults.NoContent();
    }
}
