using Recommender.Ingestion.Feeds;
using static Recommender.Tests.Ingestion.Feeds.FeedTesting;

namespace Recommender.Tests.Ingestion.Feeds;

public sealed class SitemapTests
{
    [Fact]
    public void A_news_sitemap_gives_titles_dates_and_keywords()
    {
        var feed = Read("""
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
              <url><loc>https://gazette.example/news/1</loc><lastmod>2026-11-19T10:00:00Z</lastmod>
                <news:news><news:publication><news:name>Gazette</news:name><news:language>fr</news:language></news:publication>
                  <news:publication_date>2026-11-19T09:00:00+01:00</news:publication_date><news:title>La marée haute</news:title><news:keywords>Port, Marée</news:keywords></news:news>
                <image:image><image:loc>https://gazette.example/m.jpg</image:loc><image:caption>Le quai</image:caption></image:image></url>
            </urlset>
            """);
        var input = Assert.Single(feed.Entries).Input!;

        Assert.Equal((FeedKind.NewsSitemap, true), (feed.Kind, feed.IsWhole));
        Assert.Equal(("La marée haute", "2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z", "fr"), (input.Title, input.Published, input.Updated, input.Language));
        Assert.Equal(["Port", "Marée"], input.Topics!);
        Assert.Equal(("https://gazette.example/m.jpg", "Le quai"), (input.Image!.Url, input.Image.Alt));
    }

    [Fact]
    public void A_plain_sitemap_gives_addresses_without_titles()
    {
        var feed = Read("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> https://gazette.example/a </loc><lastmod>2026-11-19</lastmod></url><url><lastmod>2026-11-19</lastmod></url></urlset>");

        Assert.Equal(FeedKind.Sitemap, feed.Kind);
        Assert.Equal(("https://gazette.example/a", null, "2026-11-18T23:00:00Z"), (feed.Entries[0].Input!.Url, feed.Entries[0].Input!.Title, feed.Entries[0].Input!.Updated));
        Assert.Equal("The entry has no address.", feed.Entries[1].Error);
    }

    [Fact]
    public void An_index_gives_its_sitemaps_each_once()
    {
        var feed = Read("""
            <?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
              <sitemap><loc>https://gazette.example/s1.xml.gz</loc><lastmod>2026-11-19T01:00:00Z</lastmod></sitemap>
              <sitemap><loc>/s2.xml</loc></sitemap><sitemap><loc>/s2.xml</loc></sitemap><sitemap><loc></loc></sitemap>
            </sitemapindex>
            """);

        Assert.Equal(FeedKind.SitemapIndex, feed.Kind);
        Assert.Equal(["https://gazette.example/s1.xml.gz", "https://gazette.example/s2.xml"], feed.Sitemaps.Select(sitemap => sitemap.Address.AbsoluteUri));
        Assert.Equal("2026-11-19T01:00:00Z", feed.Sitemaps[0].Modified);
    }

    [Fact]
    public void A_sitemap_that_was_cut_off_is_not_whole()
    {
        var feed = Read("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://gazette.example/a</loc></url><url><loc>https://gazette.ex");
        Assert.False(feed.IsWhole);
        Assert.Equal("https://gazette.example/a", feed.Entries[0].Input!.Url);
    }
}
