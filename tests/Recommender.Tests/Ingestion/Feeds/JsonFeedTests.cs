using Recommender.Ingestion.Feeds;
using static Recommender.Tests.Ingestion.Feeds.FeedTesting;

namespace Recommender.Tests.Ingestion.Feeds;

public sealed class JsonFeedTests
{
    private static string Json(string items) => $$"""
        { "version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "home_page_url": "https://gazette.example/", "language": "en",
          "authors": [{ "name": "The desk" }], "items": [ {{items}} ] }
        """;

    [Fact]
    public void An_item_becomes_an_article()
    {
        var input = ReadOne(Json("""
            { "id": 7, "url": "/seven", "title": "Seven", "content_html": "<p>Seven <a href='/six'>after six</a>.</p>", "summary": "A number.",
              "image": "/7.png", "date_published": "2026-11-01T08:00:00+01:00", "date_modified": "2026-11-02T08:00:00+01:00", "tags": ["Numbers", 5], "author": { "name": "Bo Ash" } },
            """));

        Assert.Equal(("https://gazette.example/seven", "Seven", "A number.", "Seven after six."), (input.Url, input.Title, input.Dek, input.Body));
        Assert.Equal(("2026-11-01T07:00:00Z", "2026-11-02T07:00:00Z"), (input.Published, input.Updated));
        Assert.Equal(("https://gazette.example/7.png", "en"), (input.Image!.Url, input.Language));
        Assert.Equal(["Numbers", "5"], input.Topics!);
        Assert.Equal(["Bo Ash"], input.Authors!);
        Assert.Equal(["https://gazette.example/six"], input.Links!);
    }

    [Fact]
    public void Plain_text_content_stays_plain_and_the_feeds_author_counts()
    {
        var article = Article(ReadOne(Json("""{ "id": "https://gazette.example/8", "title": "Eight", "content_text": "a < b\n\n<p> is a tag" }""")));
        Assert.Equal("a < b\n\n<p> is a tag", article.Body);
        Assert.Equal(["The desk"], article.Authors);
    }

    [Fact]
    public void One_bad_item_does_not_lose_the_others()
    {
        var feed = Read(Json("""42, { "title": "No link" }, { "url": "/ok", "title": "\ud800 half", "tags": 5, "authors": "x" }"""));
        Assert.Equal([true, true, false], feed.Entries.Select(entry => entry.Error is not null));
    }

    [Theory]
    [InlineData("""{ "version": "https://jsonfeed.org/version/1", "items": [ { "url": """)]
    [InlineData("""{ "items": 5 }""")]
    [InlineData("[1, 2]")]
    public void What_is_no_json_feed_is_refused(string text) => Assert.Throws<FeedFormatException>(() => Read(text));
}
