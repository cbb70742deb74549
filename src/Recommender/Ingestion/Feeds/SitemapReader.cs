using System.Globalization;
using AngleSharp.Dom;
using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads sitemaps, those of Google News among them, and sitemap indexes.</summary>
internal static class SitemapReader
{
    public static Feed Read(Site site, IElement root, Uri? address)
    {
        var entries = new List<FeedEntry>();
        var isNews = false;
        foreach (var url in root.Children.Where(child => FeedNames.Local(child) == "url"))
        {
            var fields = FeedFields.Of(url);
            var news = fields.First("news:news");
            isNews |= news is not null;
            entries.Add(ReadUrl(site, fields, news is null ? null : FeedFields.Of(news), entries.Count + 1, FeedBase.Of(url, address)));
        }

        return new Feed { Kind = isNews ? FeedKind.NewsSitemap : FeedKind.Sitemap, Entries = entries };
    }

    public static Feed ReadIndex(IElement root, Uri? address) => new()
    {
        Kind = FeedKind.SitemapIndex,
        Sitemaps =
        [
            .. root.Children.Where(child => FeedNames.Local(child) == "sitemap").Select(FeedFields.Of)
                .Select(sitemap => (Address: FeedBase.Resolve(address, sitemap.Text("loc")), Modified: sitemap.Text("lastmod")))
                .Where(sitemap => sitemap.Address is not null)
                .Select(sitemap => new SitemapReference(sitemap.Address!, sitemap.Modified))
                .DistinctBy(sitemap => sitemap.Address.AbsoluteUri),
        ],
    };

    private static FeedEntry ReadUrl(Site site, FeedFields url, FeedFields? news, int number, Uri? parent)
    {
        if (FeedBase.Resolve(parent, url.Text("loc")) is not { } link)
        {
            return new FeedEntry($"url {number.ToString(CultureInfo.InvariantCulture)}", null, "The entry has no address.");
        }

        var publication = news?.First("news:publication") is { } element ? FeedFields.Of(element) : null;
        return new FeedEntry(link.AbsoluteUri, new ArticleInput
        {
            Url = link.AbsoluteUri,
            Title = FeedText.Title(news?.Text("news:title")),
            Published = FeedDates.First(site.TimeZone, news?.Text("news:publication_date")),
            Updated = FeedDates.First(site.TimeZone, url.Text("lastmod")),
            Topics = FeedTopics.Of([], [news?.Text("news:keywords")]),
            Image = FeedImages.Of(url, parent),
            Language = FeedItem.LanguageOf(publication?.Text("news:language")),
        });
    }
}
