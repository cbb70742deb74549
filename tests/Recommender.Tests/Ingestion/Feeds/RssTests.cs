using Recommender.Ingestion.Feeds;
using static Recommender.Tests.Ingestion.Feeds.FeedTesting;

namespace Recommender.Tests.Ingestion.Feeds;

public sealed class RssTests
{
    private const string LinkAndTitle = "<title>Ferry back in service</title><link>https://gazette.example/ferry</link>";

    [Fact]
    public void A_full_item_becomes_a_full_article()
    {
        var input = ReadOne(Rss("""
            <title>Ferry &amp;amp; bus timetables meet at last</title>
            <link>https://gazette.example/2026/ferry-bus</link>
            <guid isPermaLink="false">gazette-771</guid>
            <pubDate>Mon, 16 Nov 2026 08:30:00 +0100</pubDate>
            <dc:creator>Nora Quill</dc:creator><dc:creator>Bo Ash</dc:creator>
            <category>Harbour</category><category><![CDATA[Buses & trams]]></category><category>Uncategorized</category>
            <description>The two companies agree on one timetable.</description>
            <content:encoded><![CDATA[<p>The two companies agree.</p><p>See the <a href="/plan">plan</a>.</p><img src="/img/quay.jpg" alt="The quay" width="800" height="450">]]></content:encoded>
            """));
        var article = Article(input);

        Assert.Equal("https://gazette.example/2026/ferry-bus", article.Url);
        Assert.Equal("Ferry & bus timetables meet at last", article.Title);
        Assert.Equal("The two companies agree on one timetable.", article.Dek);
        Assert.Equal("The two companies agree.\n\nSee the plan.", article.Body);
        Assert.Equal(["https://gazette.example/plan"], article.Links);
        Assert.Equal(new DateTimeOffset(2026, 11, 16, 7, 30, 0, TimeSpan.Zero), article.Published);
        Assert.Equal(["Nora Quill", "Bo Ash"], article.Authors);
        Assert.Equal(["Harbour", "Buses & trams"], article.Topics.Select(topic => topic.Name));
        Assert.Equal(("https://gazette.example/img/quay.jpg", "The quay", 800, 450), (article.Image!.Url, article.Image.Alt, article.Image.Width, article.Image.Height));
        Assert.Null(input.Id);
    }

    [Theory]
    [InlineData("<link>https://gazette.example/a</link><guid>https://gazette.example/?p=1</guid>", "https://gazette.example/a")]
    [InlineData("<guid>https://gazette.example/?p=1</guid>", "https://gazette.example/?p=1")]
    [InlineData("<guid isPermaLink='true'>/by-path</guid>", "https://gazette.example/by-path")]
    [InlineData("<link/><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='alternate' href='/b'/>", "https://gazette.example/b")]
    [InlineData("<link href='/c'/>", "https://gazette.example/c")]
    [InlineData("<link>https://proxy.example/r/9</link><feedburner:origLink>https://gazette.example/d</feedburner:origLink>", "https://gazette.example/d")]
    [InlineData("<link>\n  <![CDATA[ https://gazette.example/e ]]>\n</link>", "https://gazette.example/e")]
    public void The_link_is_found_wherever_it_is(string elements, string expected) =>
        Assert.Equal(expected, ReadOne(Rss("<title>T</title>" + elements)).Url);

    [Fact]
    public void An_item_without_any_link_is_an_error_of_its_own()
    {
        var feed = Read(Rss($"<title>No link</title><guid isPermaLink='false'>17</guid></item><item>{LinkAndTitle}"));

        Assert.Equal(("item 1", "The item has no link."), (feed.Entries[0].Place, feed.Entries[0].Error));
        Assert.Equal("Ferry back in service", feed.Entries[1].Input!.Title);
    }

    [Fact]
    public void Relative_addresses_go_by_xml_base_then_the_feeds_link_then_its_address()
    {
        Assert.Equal("https://gazette.example/deep/x", ReadOne(Rss("<title>T</title><link>x</link>", "<link>https://gazette.example/deep/</link>")).Url);
        Assert.Equal("https://gazette.example/feeds/x", ReadOne(Rss("<title>T</title><link>x</link>", "")).Url);
        Assert.Equal("https://gazette.example/based/x", ReadOne(Rss("<title>T</title><link>x</link>").Replace("<item>", "<item xml:base='/based/'>")).Url);
    }

    [Theory]
    [InlineData("<author>nora@gazette.example (Nora Quill)</author>", "Nora Quill")]
    [InlineData("<author>Nora Quill &lt;nora@gazette.example&gt;</author>", "Nora Quill")]
    [InlineData("<author>By Nora Quill</author>", "Nora Quill")]
    [InlineData("<author><name>Nora Quill</name></author>", "Nora Quill")]
    [InlineData("<author>nora@gazette.example</author>", null)]
    public void Only_names_are_authors(string element, string? expected) =>
        Assert.Equal(expected, ReadOne(Rss(LinkAndTitle + element)).Authors?.Single());

    [Fact]
    public void The_largest_picture_is_chosen_and_faces_and_pixels_are_none()
    {
        var input = ReadOne(Rss(LinkAndTitle + """
            <media:content url="https://secure.gravatar.com/avatar/77?s=96" medium="image" width="2000"/>
            <media:group>
              <media:content url="https://gazette.example/s.jpg" type="image/jpeg" width="200" height="100"/>
              <media:content url="https://gazette.example/l.jpg" type="image/jpeg" width="1200" height="600"><media:description>Gulls over the quay</media:description></media:content>
              <media:content url="https://gazette.example/film.mp4" type="video/mp4" width="1920"/>
            </media:group>
            """));
        Assert.Equal(("https://gazette.example/l.jpg", "Gulls over the quay", 1200), (input.Image!.Url, input.Image.Alt, input.Image.Width));

        var pixel = ReadOne(Rss(LinkAndTitle + """<description>&lt;img src="https://gazette.example/t.gif" width="1" height="1"&gt;&lt;p&gt;Words.&lt;/p&gt;&lt;img src="b.png"&gt;</description>"""));
        Assert.Equal("https://gazette.example/b.png", pixel.Image!.Url);
    }

    [Theory]
    [InlineData("<enclosure url='/e.jpg' type='image/jpeg' length='1'/>", "https://gazette.example/e.jpg")]
    [InlineData("<enclosure url='/talk.mp3' type='audio/mpeg' length='1'/>", null)]
    [InlineData("<media:thumbnail url='/t.jpg' width='75'/><media:thumbnail url='/t2.jpg' width='300'/>", "https://gazette.example/t2.jpg")]
    [InlineData("<itunes:image href='/i.jpg'/>", "https://gazette.example/i.jpg")]
    [InlineData("<image><url>/u.jpg</url></image>", "https://gazette.example/u.jpg")]
    [InlineData("<media:content url='data:image/png;base64,AAAA' medium='image'/><enclosure url='/e.png' type='image/png'/>", "https://gazette.example/e.png")]
    public void Pictures_are_found_where_feeds_put_them(string element, string? expected) => Assert.Equal(expected, ReadOne(Rss(LinkAndTitle + element)).Image?.Url);

    [Fact]
    public void A_long_description_alone_is_the_body_and_begins_the_dek()
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("The harbour board met again on Tuesday evening and talked for hours.", 6));
        var input = ReadOne(Rss($"{LinkAndTitle}<description>&lt;p&gt;{paragraph}&lt;/p&gt;&lt;p&gt;{paragraph}&lt;/p&gt;</description>"));

        Assert.Equal($"{paragraph}\n\n{paragraph}", input.Body);
        Assert.InRange(input.Dek!.Length, 100, 320);
        Assert.EndsWith("for hours.", input.Dek);
    }

    [Fact]
    public void What_feeds_append_is_cut_from_dek_and_body()
    {
        var input = ReadOne(Rss(LinkAndTitle + """
            <description><![CDATA[<p>Crews sail at night again [&#8230;]</p><p>The post <a href="/x">Ferry back in service</a> appeared first on <a href="/">The Gazette</a>.</p>]]></description>
            <content:encoded><![CDATA[<p>Crews sail at night again.</p><p>Their union agrees. Continue reading &rarr;</p><p>The post Ferry back in service appeared first on The Gazette.</p>]]></content:encoded>
            """));

        Assert.Equal("Crews sail at night again", input.Dek);
        Assert.Equal("Crews sail at night again.\n\nTheir union agrees.", input.Body);
    }

    [Fact]
    public void A_sentence_that_speaks_of_reading_more_stays()
    {
        var input = ReadOne(Rss(LinkAndTitle + "<description>This winter she wants to read more.</description>"));
        Assert.Equal("This winter she wants to read more.", input.Dek);
    }

    [Fact]
    public void Rss_1_has_its_items_beside_the_channel()
    {
        var feed = Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://gazette.example/"><title>Gazette</title><link>https://gazette.example/</link><dc:language>de</dc:language></channel>
              <item rdf:about="https://gazette.example/1"><title>Eins</title><link>https://gazette.example/1</link><dc:date>2026-11-01T10:00:00+01:00</dc:date><dc:subject>Hafen</dc:subject></item>
              <item rdf:about="https://gazette.example/2"><title>Zwei</title></item>
            </rdf:RDF>
            """);

        Assert.Equal(FeedKind.Rss, feed.Kind);
        Assert.Equal(["https://gazette.example/1", "https://gazette.example/2"], feed.Entries.Select(entry => entry.Input!.Url));
        Assert.Equal(("2026-11-01T09:00:00Z", "de", "Hafen"), (feed.Entries[0].Input!.Published, feed.Entries[0].Input!.Language, feed.Entries[0].Input!.Topics!.Single()));
    }

    [Fact]
    public void Rss_0_91_with_its_document_type_is_read()
    {
        var feed = Read("""
            <?xml version="1.0"?>
            <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
            <rss version="0.91"><channel><title>G</title><item><title>Old</title><link>https://gazette.example/old</link></item></channel></rss>
            """);
        Assert.Equal("Old", Assert.Single(feed.Entries).Input!.Title);
    }

    [Theory]
    [InlineData("Mon, 16 Nov 2026 08:30:00 GMT", "2026-11-16T08:30:00Z")]
    [InlineData("Mon,16 Nov 2026 08:30:00 +0000 (UTC)", "2026-11-16T08:30:00Z")]
    [InlineData("16 Nov 26 08:30 EST", "2026-11-16T13:30:00Z")]
    [InlineData("2026-11-16 08:30:00", "2026-11-16T07:30:00Z")]
    [InlineData("Mon, 16 Nov 2026 08:30:00 GMT+0200", "2026-11-16T06:30:00Z")]
    [InlineData("1794818400", "2026-11-16T08:40:00Z")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 +0000", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("yesterday", null)]
    public void Odd_dates_are_read_or_count_as_missing(string date, string? expected) =>
        Assert.Equal(expected, ReadOne(Rss($"{LinkAndTitle}<pubDate>{date}</pubDate>")).Published);

    [Fact]
    public void A_date_that_cannot_be_read_gives_way_to_the_next() =>
        Assert.Equal("2026-11-02T00:00:00Z", ReadOne(Rss($"{LinkAndTitle}<pubDate>soon</pubDate><dc:date>2026-11-02T00:00:00Z</dc:date>")).Published);

    [Fact]
    public void What_the_validator_would_refuse_is_left_out_or_cut()
    {
        var input = ReadOne(Rss(
            $"<title>{new string('x', 2_000)}</title><link>https://gazette.example/long</link><enclosure url='javascript:alert(1)' type='image/png'/>",
            "<language>English (US)</language>"));

        var article = Article(input);
        Assert.InRange(article.Title.Length, 1, 500);
        Assert.Null(article.Image);
        Assert.Equal("en", article.Language);
    }

    [Fact]
    public void Text_that_looks_like_markup_stays_text() =>
        Assert.Equal("How to close a <div> & why", Article(ReadOne(Rss("<title>How to close a &amp;lt;div&amp;gt; &amp;amp; why</title><link>/div</link>"))).Title);
}
