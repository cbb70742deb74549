using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using Recommender.Ingestion;
using Recommender.Ingestion.Fetching;

namespace Recommender.Tests.Ingestion.Fetching;

public sealed class WebFetcherTests : IAsyncLifetime
{
    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenLiveAsync(("RetryDelay", "0.01"), ("Contact", "https://gazette.example/bot"));

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task Content_comes_with_its_validators_and_the_reader_says_who_it_is()
    {
        room.Web.Answer("/feed", Encoding.UTF8.GetBytes("<rss/>"), "text/plain; charset=iso-8859-1", ("ETag", "\"v1\""), ("Last-Modified", "Mon, 16 Nov 2026 08:00:00 GMT"));

        var fetched = await FetchAsync("/feed#top");

        Assert.Equal((FetchStatus.Found, "<rss/>"), (fetched.Status, Encoding.UTF8.GetString(fetched.Content.Span)));
        Assert.Equal(new Validators("\"v1\"", "Mon, 16 Nov 2026 08:00:00 GMT"), fetched.Validators);
        Assert.Equal(("text/plain", "iso-8859-1"), (fetched.MediaType, fetched.Charset));
        Assert.StartsWith("MoreStories/", room.Web.Headers["/feed"]["User-Agent"]);
        Assert.EndsWith("(+https://gazette.example/bot)", room.Web.Headers["/feed"]["User-Agent"]);
    }

    [Fact]
    public async Task A_conditional_request_costs_nothing_when_nothing_changed()
    {
        room.Web.AnswerWithETag("/feed", "<rss/>", "W/\"a,b\"");
        var first = await FetchAsync("/feed");

        var second = await room.Fetcher.FetchFeedAsync(room.Site, room.Web.Uri("/feed"), first.Validators);

        Assert.Equal(FetchStatus.NotModified, second.Status);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_not_there_is_gone(int status)
    {
        room.Web.AnswerStatus("/x", status);
        Assert.Equal(FetchStatus.Gone, (await FetchAsync("/x")).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Every_compression_is_unpacked(string coding)
    {
        room.Web.Answer("/feed", Pack("<rss>packed</rss>"u8.ToArray(), coding), "application/xml", ("Content-Encoding", coding));
        Assert.Equal("<rss>packed</rss>", Encoding.UTF8.GetString((await FetchAsync("/feed")).Content.Span));
    }

    [Fact]
    public async Task A_file_that_is_packed_under_any_name_is_unpacked_and_a_coding_that_lies_is_ignored()
    {
        room.Web.Answer("/sitemap.xml", Pack("<urlset/>"u8.ToArray(), "gzip"), "text/html");
        room.Web.Answer("/lies", "<rss/>"u8.ToArray(), "application/xml", ("Content-Encoding", "gzip"));

        Assert.Equal("<urlset/>", Encoding.UTF8.GetString((await FetchAsync("/sitemap.xml")).Content.Span));
        Assert.Equal("<rss/>", Encoding.UTF8.GetString((await FetchAsync("/lies")).Content.Span));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_is_refused_when_it_grows_too_large(string coding)
    {
        await using var small = await IngestionRoom.OpenLiveAsync(("MaxBytes", "100000"));
        small.Web.Answer("/bomb", Pack(new byte[40_000_000], coding), "application/xml", ("Content-Encoding", coding));

        var failure = await Assert.ThrowsAsync<FetchException>(() => small.Fetcher.FetchFeedAsync(small.Site, small.Web.Uri("/bomb")));

        Assert.Contains("larger than 100000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_without_an_announced_length_is_refused_when_it_grows_too_large()
    {
        await using var small = await IngestionRoom.OpenLiveAsync(("MaxBytes", "100000"));
        small.Web.Answer("/endless", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[10_000], context.RequestAborted);
            }
        });

        await Assert.ThrowsAsync<FetchException>(() => small.Fetcher.FetchFeedAsync(small.Site, small.Web.Uri("/endless")));
    }

    [Fact]
    public async Task Redirects_are_followed_to_the_end_and_no_further()
    {
        room.Web.AnswerStatus("/a", 301, ("Location", "/b"));
        room.Web.AnswerStatus("/b", 302, ("Location", room.Web.Url("/c")));
        room.Web.Answer("/c", "<rss/>");
        room.Web.AnswerStatus("/loop", 307, ("Location", "/loop"));

        Assert.Equal(room.Web.Url("/c"), (await FetchAsync("/a")).Address.AbsoluteUri);
        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/loop"));
        Assert.Contains("one redirect too many", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.7/admin")]
    [InlineData("http://[::1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://elsewhere.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://127.0.0.1.elsewhere.example/")]
    [InlineData("http://user:secret@127.0.0.1/")]
    public async Task A_redirect_out_of_the_site_is_refused(string target)
    {
        room.Web.AnswerStatus("/out", 302, ("Location", target));

        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/out"));

        Assert.Contains("is not fetched", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_host_that_leads_into_a_private_network_is_refused_after_its_name_is_resolved(string host)
    {
        await using var guarded = await IngestionRoom.OpenLiveAsync(("AllowPrivateAddresses", "false"), ("RespectRobots", "false"), ("Retries", "3"));
        guarded.Web.Answer("/feed", "<rss/>");
        guarded.Site = guarded.Site with { Hosts = ["localhost", "127.0.0.1"] };
        var started = System.Diagnostics.Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<FetchException>(() => guarded.Fetcher.FetchFeedAsync(guarded.Site, new UriBuilder(guarded.Web.Url("/feed")) { Host = host }.Uri));

        Assert.Contains("not of the public internet", failure.Message, StringComparison.Ordinal);
        Assert.Empty(guarded.Web.Requests);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(2), "It was tried again.");
    }

    [Fact]
    public async Task The_host_of_a_feed_may_be_fetched_too()
    {
        room.Web.Answer("/feed", "<rss/>");
        room.Site = room.Site with { Hosts = ["gazette.example"], Feeds = [room.Web.Url("/feed")] };
        Assert.Equal(FetchStatus.Found, (await FetchAsync("/feed")).Status);
    }

    [Theory]
    [InlineData("MaxBytes", "10")]
    [InlineData("Contact", "two words")]
    [InlineData("MaxVanishing", "2")]
    [InlineData("Product", "a/b")]
    public async Task Settings_out_of_range_are_named_at_start(string name, string value)
    {
        await using var wrong = await IngestionRoom.OpenLiveAsync((name, value));
        var failure = Assert.Throws<OptionsValidationException>(() => wrong.Get<IOptions<IngestionOptions>>().Value);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    private Task<FetchedContent> FetchAsync(string path) => room.Fetcher.FetchFeedAsync(room.Site, room.Web.Uri(path));

    private static byte[] Pack(byte[] content, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
