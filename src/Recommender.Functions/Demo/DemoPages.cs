using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Recommender.Functions.Api;

namespace Recommender.Functions.Demo;

/// <summary>Finds the page of the sample newspaper that a path means, and renders it.</summary>
internal static class DemoPages
{
    // No script but the widget's own file, no style but the stylesheet and what the widget adopts, nobody else's data.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>The front page, an article, a section or, with status 404, a page that says there is none.</summary>
    public static async Task<IResult> ServeAsync(string path, HttpContext context, Edition edition)
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = Policy;
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers[HeaderNames.CacheControl] = CachedContent.Revalidate;

        var cancellation = context.RequestAborted;
        var desk = await edition.OpenAsync(cancellation);
        var name = path.Trim('/');
        if (name.Length == 0)
        {
            return Page<FrontPage>(desk, new() { [nameof(FrontPage.Front)] = await edition.FrontAsync(desk, cancellation) });
        }

        if (await edition.StoryAsync(desk, name, cancellation) is { } story)
        {
            return Page<StoryPage>(desk, new() { [nameof(StoryPage.Story)] = story });
        }

        if (await edition.SectionAsync(desk, name, cancellation) is { } section)
        {
            return Page<SectionPage>(desk, new() { [nameof(SectionPage.Section)] = section });
        }

        var missing = Page<MissingPage>(desk, []);
        missing.StatusCode = StatusCodes.Status404NotFound;
        return missing;
    }

    private static RazorComponentResult<T> Page<T>(Desk desk, Dictionary<string, object?> parameters)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        parameters["Desk"] = desk;
        return new RazorComponentResult<T>(parameters) { PreventStreamingRendering = true };
    }
}
