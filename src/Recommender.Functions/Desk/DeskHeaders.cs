using Microsoft.Net.Http.Headers;

namespace Recommender.Functions.Desk;

/// <summary>What the desk tells browsers to keep others from doing with its pages.</summary>
internal static class DeskHeaders
{
    /// <summary>
    /// The Content-Security-Policy: scripts, styles and requests of this application's own files only, pictures of the stories from where they are, no frames either way.
    /// </summary>
    /// <param name="authority">The provider, where the form that signs out leads in the end: browsers hold redirects after a post to form-action too.</param>
    public static string Policy(string? authority)
    {
        var provider = Uri.TryCreate(authority, UriKind.Absolute, out var url) ? " " + url.GetLeftPart(UriPartial.Authority) : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'; "
            + $"form-action 'self'{provider}; frame-ancestors 'none'; base-uri 'none'";
    }

    /// <summary>Sets them, and keeps pages out of every cache unless the answer says otherwise.</summary>
    public static void Set(HttpResponse response, string policy)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (!headers.ContainsKey(HeaderNames.ETag))
        {
            headers.CacheControl = "no-store";
        }
    }
}
