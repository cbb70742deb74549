using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>Finds the picture of an item among all the places that feeds put one.</summary>
internal static partial class FeedImages
{
    /// <summary>The best of the item's own images: the largest of Media RSS, an enclosure, then what other formats have.</summary>
    public static ArticleImage? Of(FeedFields item, Uri? parent)
    {
        var media = item.All("media:content").Concat(item.All("media:group").SelectMany(group => group.Children.Where(child => FeedNames.Of(child) == "media:content")));
        return Largest(media.Where(IsImage), parent, item)
            ?? item.All("enclosure").Where(IsImage).Select(element => Image(element, "url", parent)).FirstOrDefault(image => image is not null)
            ?? item.All("link").Where(link => link.GetAttribute("rel") == "enclosure" && IsImage(link)).Select(link => Image(link, "href", parent)).FirstOrDefault(image => image is not null)
            ?? Largest(Thumbnails(item), parent, item)
            ?? item.All("itunes:image").Select(element => Image(element, "href", parent)).FirstOrDefault(image => image is not null)
            ?? item.All("image", "image:image", "thumbnail", "featuredimage", "featuredImage").Select(element => Loose(element, parent)).FirstOrDefault(image => image is not null);
    }

    /// <summary>An image at an address that may be none.</summary>
    public static ArticleImage? At(string? address, Uri? parent, string? alt = null, int? width = null, int? height = null) =>
        FeedBase.Resolve(parent, address) is { } uri && IsPicture(uri) ? new ArticleImage(uri.AbsoluteUri, FeedText.Title(alt) ?? "", width, height) : null;

    /// <summary>Whether an address can be of a picture: not of a counter, a face of a commenter or a share button.</summary>
    public static bool IsPicture(Uri address) => !NoPicture().IsMatch(address.AbsoluteUri);

    private static IEnumerable<IElement> Thumbnails(FeedFields item)
    {
        var containers = item.All("media:group", "media:content").SelectMany(element => element.Children.Where(child => FeedNames.Of(child) == "media:thumbnail"));
        return item.All("media:thumbnail").Concat(containers);
    }

    private static ArticleImage? Largest(IEnumerable<IElement> elements, Uri? parent, FeedFields item)
    {
        var images = elements.Select(element => Image(element, "url", parent)).OfType<ArticleImage>().ToList();
        var best = images.MaxBy(image => image.Width ?? 0);
        return best is { Alt: "" } ? best with { Alt = Caption(item.Text("media:description", "media:title")) } : best;
    }

    private static ArticleImage? Image(IElement element, string attribute, Uri? parent)
    {
        var described = element.Children.FirstOrDefault(child => FeedNames.Of(child) is "media:description" or "media:text" or "media:title");
        var image = At(element.GetAttribute(attribute), parent, null, Pixels(element, "width"), Pixels(element, "height"));
        return image is null || described is null ? image : image with { Alt = Caption(FeedFields.TextOf(described)) };
    }

    private static ArticleImage? Loose(IElement element, Uri? parent)
    {
        var inner = element.Children.FirstOrDefault(child => FeedNames.Local(child) is "loc" or "url");
        var address = inner is not null ? FeedFields.TextOf(inner) : element.GetAttribute("url") ?? element.GetAttribute("href") ?? FeedFields.TextOf(element);
        var caption = element.Children.FirstOrDefault(child => FeedNames.Local(child) is "caption" or "title");
        return At(address, parent, caption is null ? null : FeedFields.TextOf(caption), Pixels(element, "width"), Pixels(element, "height"));
    }

    private static bool IsImage(IElement element)
    {
        var type = element.GetAttribute("type") ?? "";
        var medium = element.GetAttribute("medium") ?? "";
        return medium == "image" || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || (medium.Length == 0 && type.Length == 0 && ImageName().IsMatch(element.GetAttribute("url") ?? element.GetAttribute("href") ?? ""));
    }

    private static string Caption(string? text) => FeedText.Title(text) is { Length: <= FeedText.MaxDek } caption ? caption : "";

    private static int? Pixels(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 ? pixels : null;

    [GeneratedRegex(@"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ImageName();

    [GeneratedRegex(
        @"^https?://(?:[^/]*\.)?(?:gravatar\.com/avatar|feeds\.feedburner\.com/~|feedburner\.google|pixel\.|stats\.wordpress\.com|stats\.wp\.com|feeds\.wordpress\.com|b\.scorecardresearch|www\.google-analytics|da\.feedsportal|rss\.buysellads|ad\.doubleclick)|/(?:1x1|pixel|spacer|blank|clear|tracking)[^/]*\.(?:gif|png)|s\.w\.org/images/core/emoji",
        RegexOptions.IgnoreCase)]
    private static partial Regex NoPicture();
}
