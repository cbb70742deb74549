using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Which URL a page has.</summary>
internal static class PageAddress
{
    private static readonly string[] FrontPages = ["", "index", "index.html", "index.htm", "index.php", "default.aspx", "home"];

    /// <summary>
    /// What <c>rel=canonical</c> or <c>og:url</c> say, when it can be true: on the page's own host or another of the site, and no front page unless the page is one.
    /// Templates that name the front page on every page are common, and believing them would make one article of all. Else the URL that was fetched.
    /// </summary>
    public static string Of(Page page)
    {
        foreach (var declared in page.Document.QuerySelectorAll("link[rel~=canonical i][href]").Select(link => link.GetAttribute("href")).Append(page.Meta.First("og:url")))
        {
            if (page.Absolute(declared) is { } url && CanonicalUrl.TryParse(url.AbsoluteUri, out var canonical) && IsCredible(page, new Uri(canonical)))
            {
                return canonical;
            }
        }

        return CanonicalUrl.TryParse(page.Url.AbsoluteUri, out var fetched) ? fetched : page.Url.AbsoluteUri;
    }

    /// <summary>Whether a URL is that of a front page, of the site or of one of its languages.</summary>
    public static bool IsFrontPage(Uri url)
    {
        if (url.Query.Length > 1)
        {
            return false;
        }

        var segments = url.AbsolutePath.Trim('/').ToLowerInvariant().Split('/');
        return segments.Length == 1
            ? FrontPages.Contains(segments[0]) || IsLanguage(segments[0])
            : segments.Length == 2 && IsLanguage(segments[0]) && FrontPages.Contains(segments[1]);
    }

    private static bool IsCredible(Page page, Uri declared) =>
        (Bare(declared.Host).Equals(Bare(page.Url.Host), StringComparison.OrdinalIgnoreCase) || page.Site.HasHost(declared.Host))
        && (!IsFrontPage(declared) || IsFrontPage(page.Url));

    private static bool IsLanguage(string segment) => segment.Length == 2 && segment.All(char.IsAsciiLetterLower);

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
