using Microsoft.Net.Http.Headers;

namespace Recommender.Functions.Widget;

/// <summary>The list as it is shown on pages: the element <c>&lt;more-stories&gt;</c> and the fragment for server-side includes.</summary>
public static class WidgetServices
{
    // An hour, so that a new version is everywhere soon; after it, the old one serves while the new one comes.
    private const string Caching = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800";

    /// <summary>Adds what renders <see cref="MoreStoriesFragment"/>.</summary>
    public static IServiceCollection AddWidget(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }

    /// <summary>Maps <c>/widget.js</c>, which any page may load.</summary>
    public static void MapWidget(this IEndpointRouteBuilder endpoints)
    {
        var script = EmbeddedFile.Load("Widget/widget.js");
        endpoints.MapMethods("/widget.js", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers[HeaderNames.AccessControlAllowOrigin] = "*";
            context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return script.ToResult(Caching);
        }).ExcludeFromDescription();
    }
}
