using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion.Pages;

/// <summary>A page that was parsed, and what it says of itself in each of the ways there are.</summary>
internal sealed class Page
{
    private readonly Uri baseUrl;

    public Page(Site site, Uri url, string html)
    {
        Site = site;
        Url = url;
        (Document, IsFlat) = PageDocument.Parse(html);
        baseUrl = Document.QuerySelector("base[href]")?.GetAttribute("href") is { } href && Uri.TryCreate(url, href.Trim(), out var declared) ? declared : url;
        Meta = new MetaTags(Document);
        JsonLd = JsonLd.Of(Document);
        Address = PageAddress.Of(this);
        StructuredArticle = JsonLdArticle.Of(this);
        Heading = PageHeading.Of(this);
        Microdata = Microdata.Of(Document, Heading);
    }

    public Site Site { get; }

    public Uri Url { get; }

    public IHtmlDocument Document { get; }

    /// <summary>Whether the page's nesting was too deep or too large to keep.</summary>
    public bool IsFlat { get; }

    public MetaTags Meta { get; }

    public JsonLd JsonLd { get; }

    /// <summary>The page's canonical URL.</summary>
    public string Address { get; }

    /// <summary>The article that the JSON-LD describes, or null.</summary>
    public JsonLdArticle? StructuredArticle { get; }

    /// <summary>The heading that readers see as the article's title, or null.</summary>
    public IElement? Heading { get; }

    /// <summary>The article that microdata describes, or null.</summary>
    public Microdata? Microdata { get; }

    /// <summary>What the page's publication is called.</summary>
    public IEnumerable<string> SiteNames => new[] { Site.Name, Meta.First("og:site_name"), Meta.First("application-name"), Meta.First("apple-mobile-web-app-title"), Meta.First("dc.publisher", "publisher") }
        .Concat(StructuredArticle?.Texts("publisher") ?? [])
        .Concat(JsonLd.Nodes.Where(node => node.Types.Contains("WebSite")).Select(node => node.Text("name")))
        .Append(Url.Host)
        .Append(HostName(Url.Host))
        .OfType<string>()
        .Select(PlainText.Line);

    /// <summary>An absolute http or https URL of what the page refers to, or null.</summary>
    public Uri? Absolute(string? reference) =>
        !string.IsNullOrWhiteSpace(reference) && Uri.TryCreate(baseUrl, reference.Trim(), out var absolute) && absolute.Scheme is "http" or "https" ? absolute : null;

    private static string HostName(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
