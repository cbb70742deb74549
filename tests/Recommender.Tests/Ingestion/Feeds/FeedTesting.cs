using Recommender.Articles;
using Recommender.Ingestion.Feeds;
using Recommender.Sites;

namespace Recommender.Tests.Ingestion.Feeds;

/// <summary>Reads feeds that a test writes.</summary>
internal static class FeedTesting
{
    public static readonly Uri Address = new("https://gazette.example/feeds/all.xml");

    public static Site Site { get; } = new() { Id = "gazette", Name = "The Gazette", Hosts = ["gazette.example"], TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

    public static Feed Read(string text, Uri? address = null) => FeedReader.Read(Site, text, address ?? Address);

    public static ArticleInput ReadOne(string text, Uri? address = null)
    {
        var entry = Assert.Single(Read(text, address).Entries);
        Assert.Null(entry.Error);
        return entry.Input!;
    }

    /// <summary>An RSS 2.0 feed with these elements in its only item.</summary>
    public static string Rss(string item, string channel = "<link>https://gazette.example/</link>") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
          <channel><title>The Gazette</title>{channel}<item>{item}</item></channel>
        </rss>
        """;

    /// <summary>The article that the validator makes of an input.</summary>
    public static Article Article(ArticleInput input)
    {
        Assert.True(new ArticleValidator(TimeProvider.System).TryValidate(Site, input, out var article, out var errors), string.Join(' ', errors));
        return article;
    }
}
