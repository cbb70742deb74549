using Recommender.Ingestion.Feeds;
using static Recommender.Tests.Ingestion.Feeds.FeedTesting;

namespace Recommender.Tests.Ingestion.Feeds;

public sealed class AtomTests
{
    private static string Atom(string entry) => $"""
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" xml:base="https://gazette.example/blog/">
          <title type="text">Gazette</title><link href="/"/><link rel="self" href="atom.xml"/><updated>2026-11-18T00:00:00Z</updated><author><name>The desk</name></author>
          <entry><title>Tide</title><id>tag:gazette.example,2026:1</id><link href="tide"/><updated>2026-11-17T10:00:00Z</updated>{entry}</entry>
        </feed>
        """;

    [Fact]
    public void An_entry_becomes_an_article()
    {
        var input = ReadOne(Atom("""
            <published>2026-11-16T10:00:00Z</published><author><name>Nora Quill</name><email>nora@gazette.example</email></author>
            <category term="harbour" label="Harbour"/><category term="tides"/><category scheme="http://schemas.google.com/g/2005#kind" term="post"/>
            <summary type="html">&lt;b&gt;High&lt;/b&gt; water.</summary>
            <content type="html">&lt;p&gt;High water on &lt;a href="quay"&gt;the quay&lt;/a&gt;.&lt;/p&gt;</content>
            <link rel="enclosure" type="image/jpeg" href="/tide.jpg"/>
            """));
        var article = Article(input);

        Assert.Equal("https://gazette.example/blog/tide", article.Url);
        Assert.Equal(("High water.", "High water on the quay."), (article.Dek, article.Body));
        Assert.Equal(["https://gazette.example/blog/quay"], article.Links);
        Assert.Equal((16, 17), (article.Published.Day, article.Updated!.Value.Day));
        Assert.Equal(["Nora Quill"], article.Authors);
        Assert.Equal(["Harbour", "tides"], article.Topics.Select(topic => topic.Name));
        Assert.Equal(("https://gazette.example/tide.jpg", "en-gb"), (article.Image!.Url, article.Language));
    }

    [Fact]
    public void Without_an_author_the_feeds_counts_and_without_a_publication_date_the_update()
    {
        var input = ReadOne(Atom(""));
        Assert.Equal(["The desk"], input.Authors!);
        Assert.Equal(("2026-11-17T10:00:00Z", null), (input.Published, input.Updated));
    }

    [Fact]
    public void Xhtml_is_read_as_html()
    {
        var input = ReadOne(Atom("""<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First &lt; second.</p><p>See <a href="map">the map</a>.<br/><img src="m.png" alt="Map"/></p></div></content>"""));
        var article = Article(input);

        Assert.Equal("First < second.\n\nSee the map.", article.Body);
        Assert.Equal(["https://gazette.example/blog/map"], article.Links);
        Assert.Equal("https://gazette.example/blog/m.png", article.Image!.Url);
    }

    [Fact]
    public void Plain_text_is_not_taken_for_markup() =>
        Assert.Equal("if a <b then", Article(ReadOne(Atom("<summary type='text'>if a &lt;b then</summary>"))).Dek);

    [Theory]
    [InlineData("<link rel='alternate' type='application/json' href='/j'/><link rel='alternate' type='text/html' href='/h'/>", "https://gazette.example/h")]
    [InlineData("<link rel='replies' href='/r'/><content src='/s'/>", "https://gazette.example/s")]
    [InlineData("<link rel='self' href='/atom'/><id>https://gazette.example/by-id</id>", "https://gazette.example/by-id")]
    public void The_alternate_link_is_the_articles(string elements, string expected)
    {
        var feed = $"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title>{elements}</entry></feed>";
        Assert.Equal(expected, ReadOne(feed).Url);
    }

    [Fact]
    public void Atom_0_3_with_its_other_words_is_read()
    {
        var input = ReadOne("""
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>G</title><link rel="alternate" type="text/html" href="https://gazette.example/"/>
              <entry><title mode="escaped" type="text/html">Salt &amp;amp; sand</title><link rel="alternate" type="text/html" href="https://gazette.example/salt"/>
              <issued>2026-11-01T08:00:00Z</issued><modified>2026-11-02T08:00:00Z</modified><content type="text/html" mode="escaped">&lt;p&gt;Body.&lt;/p&gt;</content></entry></feed>
            """);
        Assert.Equal(("Salt & sand", "Body."), (Article(input).Title, Article(input).Body));
        Assert.Equal(("2026-11-01T08:00:00Z", "2026-11-02T08:00:00Z"), (input.Published, input.Updated));
    }

    [Fact]
    public void Prefixes_and_missing_namespaces_do_not_matter()
    {
        Assert.Equal("T", ReadOne("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title><a:link href='/x'/></a:entry></a:feed>").Title);
        Assert.Equal("T", ReadOne("<feed><entry><title>T</title><link href='/x'/></entry></feed>").Title);
    }

    [Fact]
    public void Kind_title_and_end_are_known()
    {
        var feed = Read(Atom(""));
        Assert.Equal((FeedKind.Atom, "Gazette", true), (feed.Kind, feed.Title, feed.IsWhole));
    }
}
