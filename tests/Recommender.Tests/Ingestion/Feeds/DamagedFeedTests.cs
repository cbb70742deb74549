using System.IO.Compression;
using System.Text;
using CsCheck;
using Recommender.Ingestion.Feeds;
using static Recommender.Tests.Ingestion.Feeds.FeedTesting;

namespace Recommender.Tests.Ingestion.Feeds;

public sealed class DamagedFeedTests
{
    private const string Item = "<item><title>Kept</title><link>https://gazette.example/kept</link></item>";

    private static readonly string[] Fragments =
    [
        "<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<urlset>", "<url>", "<loc>", "</loc>",
        "https://gazette.example/a", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE rss [", "]>", "&amp;", "&nbsp;", "&#0;", "&#xD800;", "&#99999999999;", "&", "<", ">", "\"", "'", "=", "<br>", "<p>",
        "<img src=x", "<media:content url='", "xml:base='//'", "<guid>", "<description>", "\u0000", "\ufffe", "\ud800", "é", "😀", "<content type='xhtml'><div>", "<a:b xmlns:a=''>", "{\"items\":[", "{\"url\":\"/x\"}", "<?xml", "?>",
    ];

    [Theory]
    [InlineData("\n\n  <?xml version='1.0'?><rss><channel>{0}</channel></rss>")]
    [InlineData("Warning: something on line 3\n<?xml version='1.0'?><rss><channel>{0}</channel></rss>")]
    [InlineData("<?xml version='1.0'?><?xml version='1.0'?><!-- made by hand --><rss><channel>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><title>A & B &nbsp; &unknown; C</title><link>https://gazette.example/1</link></item>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><undeclared:thing a='1'>x</undeclared:thing><link>https://gazette.example/1</link></item>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><title>A\u0001\u000b\u0000B</title><link>https://gazette.example/1</link></item>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><link>https://gazette.example/1</link><description>x<br>y<img src='a.png'>z</description></item>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><link>https://gazette.example/1</link><description>x<p>y</description></item>{0}</channel></rss>")]
    [InlineData("<rss><channel><item><link>https://gazette.example/1</link><title>A < B</title></item>{0}</channel></rss>")]
    [InlineData("<rss><channel>{0}<item><link>https://gazette.example/1</link><title>cut o")]
    [InlineData("<rss><channel>{0}</channel></rss><!-- cached --><script>alert(1)</script>")]
    [InlineData("<rss><channel><item><title>What <? means, and <!-- too</title><link>https://gazette.example/1</link></item>{0}</channel></rss>")]
    [InlineData("<?xml version='1.0'><rss><channel>{0}</channel></rss>")]
    [InlineData("<RSS><channel>{0}</channel></RSS>")]
    public void One_bad_part_never_loses_the_feed(string text)
    {
        var feed = Read(text.Replace("{0}", Item, StringComparison.Ordinal));
        Assert.Contains(feed.Entries, entry => entry.Input is { Title: "Kept", Url: "https://gazette.example/kept" });
    }

    [Fact]
    public void Characters_and_entities_come_out_as_meant() =>
        Assert.Equal("Café – “A & B” 😀 C’s", Article(ReadOne(Rss("<title>Caf&eacute; &ndash; &#147;A & B&#148; &#x1F600; C&#146;s\u0002</title><link>/x</link>"))).Title);

    [Fact]
    public void Entities_of_the_document_type_are_not_expanded()
    {
        var bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>x &b; &c;</title><link>/x</link></item></channel></rss>";
        Assert.Equal("x &b; &c;", Article(ReadOne(bomb)).Title);
    }

    [Fact]
    public void Fields_behind_an_unclosed_tag_are_still_found()
    {
        var input = ReadOne("<rss><channel><item><title>T</title><description>one<p>two</description><link>https://gazette.example/late</link><pubDate>2026-11-16T08:00:00Z</pubDate></item></channel></rss>");
        Assert.Equal(("https://gazette.example/late", "2026-11-16T08:00:00Z"), (input.Url, input.Published));
    }

    [Fact]
    public void A_page_instead_of_a_feed_is_refused_with_the_feeds_it_names()
    {
        var failure = Assert.Throws<FeedFormatException>(() => Read("""
            <!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" type="application/atom+xml" href="https://gazette.example/atom.xml"></head><body>Hello</body></html>
            """));
        Assert.Equal("It is an HTML page, not a feed; it names these feeds: https://gazette.example/feed/, https://gazette.example/atom.xml", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("hello")]
    [InlineData("<html><body>No feed</body></html>")]
    [InlineData("<opml version='2.0'></opml>")]
    public void What_is_no_feed_is_refused(string text) => Assert.Throws<FeedFormatException>(() => Read(text));

    [Fact]
    public void Depth_costs_neither_the_process_nor_much_time()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 200_000));
        var started = System.Diagnostics.Stopwatch.StartNew();

        var input = ReadOne(Rss($"<title>T</title><link>/deep</link><content:encoded><![CDATA[{deep}words]]></content:encoded>"));
        Record.Exception(() => Read($"<rss><channel><item><title>T</title><link>/x</link><description>{deep}"));

        Assert.Equal("words", input.Body);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"It took {started.Elapsed}.");
    }

    [Fact]
    public void Gzip_is_unpacked_whatever_it_is_called_and_never_beyond_the_limit()
    {
        var feed = FeedReader.Read(Site, Gzip(Encoding.UTF8.GetBytes(Rss("<title>Packed</title><link>/p</link>"))), Address);
        Assert.Equal("Packed", Assert.Single(feed.Entries).Input!.Title);

        var bomb = Gzip(new byte[FeedReader.MaxLength + 1]);
        Assert.True(bomb.Length < 100_000);
        Assert.Throws<FeedFormatException>(() => FeedReader.Read(Site, bomb, Address));
    }

    [Fact]
    public void Anything_is_read_or_refused_but_never_breaks() =>
        Gen.OneOf(Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]), Gen.String[0, 8]).Array[1, 60].Select(string.Concat).Sample(Survives, iter: 4_000);

    [Fact]
    public void Feeds_with_bytes_changed_are_read_or_refused_but_never_break()
    {
        var whole = Encoding.UTF8.GetBytes(Rss("<title>Ferry &amp; bus</title><link>https://gazette.example/f</link><pubDate>Mon, 16 Nov 2026 08:30:00 +0100</pubDate><content:encoded><![CDATA[<p>Text <img src='a.png'></p>]]></content:encoded>"));
        Gen.Select(Gen.Int[0, whole.Length - 1].Array[1, 12], Gen.Byte.Array[12], Gen.Int[0, whole.Length]).Sample((places, bytes, length) =>
        {
            var damaged = whole.ToArray();
            for (var i = 0; i < places.Length; i++)
            {
                damaged[places[i]] = bytes[i];
            }

            Survives(() => FeedReader.Read(Site, damaged.AsMemory(0, length), Address));
        }, iter: 2_000);
    }

    private static void Survives(string text) => Survives(() => Read(text));

    private static void Survives(Func<Feed> read)
    {
        try
        {
            Assert.All(read().Entries, entry => Assert.True(entry.Input is null != (entry.Error is null)));
        }
        catch (FeedFormatException)
        {
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
