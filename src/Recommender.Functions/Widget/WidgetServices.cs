using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
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

        // Text in its own letters: pages are UTF-8, and a headline in Spanish or Japanese needs no numeric references.
        services.TryAddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }

    /// <summary>Maps <c>/widget.js</c>, which any page may load.</summary>
    public static void MapWidget(this IEndpointRouteBuilder endpoints)
    {
        var script = EmbeddedFile.Find("Widget/widget.js") ?? throw new InvalidOperationException("The assembly lacks Widget/widget.js.");
        endpoints.MapMethods("/widget.js", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            var headers = context.Response.Headers;
            headers[HeaderNames.CacheControl] = Caching;
            headers[HeaderNames.AccessControlAllowOrigin] = "*";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            headers[HeaderNames.XContentTypeOptions] = "nosniff";
            return script.ToResult();
        }).ExcludeFromDescription();
    }
}
