using System.Text.Json;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>The picture that stands for the article.</summary>
internal static class LeadImage
{
    private const int MaxUrl = 2_000;

    /// <summary>From JSON-LD, OpenGraph, Twitter, microdata, or the first figure of the article; with the size and description that any of them gives. Null when there is none.</summary>
    public static ArticleImage? Of(Page page)
    {
        var logos = (page.StructuredArticle?.Values("publisher") ?? []).Select(one => new JsonLdNode(page.JsonLd, one.Value))
            .SelectMany(publisher => Structured(page, publisher, "logo")).Select(logo => logo.Url).ToHashSet(StringComparer.Ordinal);
        var found = All(page).Where(image => !logos.Contains(image.Url)).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var image = found[0];
        var same = found.Where(other => FileName(other.Url) == FileName(image.Url)).ToList();
        var sized = same.Find(other => other.Url == image.Url && other is { Width: > 0, Height: > 0 });
        return image with
        {
            Alt = same.Select(other => other.Alt).FirstOrDefault(alt => alt.Length > 0) ?? Seen(page, image.Url),
            Width = image.Width ?? sized?.Width,
            Height = image.Height ?? sized?.Height,
        };
    }

    private static IEnumerable<ArticleImage> All(Page page) =>
        (page.StructuredArticle?.Values("image") ?? []).SelectMany(one => Structured(page, one.Node, one.Value))
        .Concat(OpenGraph(page, "og:image"))
        .Concat(OpenGraph(page, "twitter:image"))
        .Concat(Plain(page, page.StructuredArticle?.Text("thumbnailUrl")))
        .Concat((page.Microdata?.Values("image") ?? []).Concat(page.Microdata?.Values("thumbnailUrl") ?? []).SelectMany(url => Plain(page, url)))
        .Concat(Plain(page, page.Meta.First("parsely-image-url", "sailthru.image.full", "cxenseparse:image", "thumbnail")))
        .Concat(Plain(page, page.Document.QuerySelector("link[rel~=image_src][href]")?.GetAttribute("href")))
        .Concat(Visible(page));

    private static IEnumerable<ArticleImage> Structured(Page page, JsonLdNode node, string property) => node.Values(property).SelectMany(value => Structured(page, node, value));

    private static IEnumerable<ArticleImage> Structured(Page page, JsonLdNode node, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Plain(page, node.TextOf(value));
        }

        var image = new JsonLdNode(node.Source, value);
        return Plain(page, image.Text("url") ?? image.Text("contentUrl") ?? image.Text("@id"))
            .Select(plain => plain with { Alt = PlainText.Line(image.Text("caption") ?? image.Text("description") ?? ""), Width = image.Pixels("width"), Height = image.Pixels("height") });
    }

    // Properties of an image follow it, up to the next image.
    private static IEnumerable<ArticleImage> OpenGraph(Page page, string property)
    {
        ArticleImage? image = null;
        foreach (var (name, content) in page.Meta.All)
        {
            if ((name == property || name == property + ":src" || (image is null && name == property + ":url")) && Plain(page, content).FirstOrDefault() is { } next)
            {
                if (image is not null && image.Url != next.Url)
                {
                    yield return image;
                }

                image = image?.Url == next.Url ? image : next;
            }
            else if (image is not null && name.StartsWith(property + ":", StringComparison.Ordinal))
            {
                image = name[(property.Length + 1)..] switch
                {
                    "width" => image with { Width = PixelCount.Of(content) },
                    "height" => image with { Height = PixelCount.Of(content) },
                    "alt" => image with { Alt = PlainText.Line(content) },
                    _ => image,
                };
            }
        }

        if (image is not null)
        {
            yield return image;
        }
    }

    private static IEnumerable<ArticleImage> Plain(Page page, string? url) =>
        page.Absolute(url) is { } absolute && absolute.AbsoluteUri.Length <= MaxUrl && absolute.AbsolutePath.Length > 1 ? [new ArticleImage(absolute.AbsoluteUri)] : [];

    private static IEnumerable<ArticleImage> Visible(Page page) => page.Document.QuerySelectorAll("article img, main img, figure img, amp-img")
        .Where(image => PixelCount.Of(image.GetAttribute("width")) is null or >= 200 && !Boilerplate.Surrounds(image))
        .SelectMany(image => Plain(page, image.GetAttribute("data-src") ?? image.GetAttribute("src"))
            .Select(plain => plain with
            {
                Alt = PlainText.Line(image.GetAttribute("alt") ?? ""),
                Width = PixelCount.Of(image.GetAttribute("width")),
                Height = PixelCount.Of(image.GetAttribute("height")),
            }))
        .Take(1);

    private static string Seen(Page page, string url) => page.Document.QuerySelectorAll("img[alt]")
        .Where(image => page.Absolute(image.GetAttribute("data-src") ?? image.GetAttribute("src")) is { } source && FileName(source.AbsoluteUri) == FileName(url))
        .Select(image => PlainText.Line(image.GetAttribute("alt")!))
        .FirstOrDefault(alt => alt.Length > 0) ?? "";

    private static string FileName(string url) => new Uri(url).AbsolutePath;
}
