using System.Net;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Api;

public sealed class ListEndpointsTests : IAsyncLifetime
{
    private readonly Deployment deployment = Deployment.Start();

    public Task InitializeAsync() => deployment.PublishFerriesAsync();

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public async Task A_page_gets_its_list_by_url_whatever_trails_it()
    {
        var list = await deployment.GetJsonAsync("/api/more-stories?count=2&url=" + Uri.EscapeDataString("https://GAZETTE.example/strike/?utm_source=mail&fbclid=x#top"));

        Assert.Equal("strike", list.GetProperty("page").GetString());
        Assert.Equal("complete", list.GetProperty("state").GetString());
        Assert.Equal("More Stories", list.GetProperty("heading").GetString());
        var first = list.GetProperty("items")[0];
        Assert.Equal(1, first.GetProperty("slot").GetInt32());
        Assert.Equal("similar", first.GetProperty("reason").GetString());
        Assert.Contains(first.GetProperty("terms").EnumerateArray(), term => term.GetString()!.Contains("ferry", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("October 5, 2026", list.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == "farmers").GetProperty("date").GetString());
        Assert.False(first.TryGetProperty("explanation", out _));
    }

    [Fact]
    public async Task A_page_that_nobody_indexed_gets_the_latest()
    {
        var list = await deployment.GetJsonAsync("/api/more-stories?url=https://gazette.example/unknown");

        Assert.Equal("fallback", list.GetProperty("state").GetString());
        Assert.Equal(["frost", "farmers", "mediator", "strike"], list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.False(list.TryGetProperty("page", out _));
    }

    [Theory]
    [InlineData("&exclude=farmers&exclude=https://gazette.example/mediator?utm_medium=x")]
    [InlineData("&exclude=farmers,mediator")]
    [InlineData("&exclude=https://gazette.example/farmers,https://gazette.example/mediator")]
    public async Task Links_that_are_on_the_page_already_are_left_out(string exclude)
    {
        Assert.Equal(["frost"], await deployment.ListAsync("strike", exclude));
    }

    [Fact]
    public async Task An_agency_copy_under_another_headline_and_url_appears_once_and_never_under_its_like()
    {
        const string body = "Divers found cracks in two piers of the old bridge at Carrow on Sunday. Engineers closed it to lorries within the hour, and buses turn round at the chapel. The council "
            + "will hear on Thursday what a repair costs. Nobody has dared to guess, but the last one took a year and two mayors. Until then the ferry carries what it can from six in the morning.";
        foreach (var (id, title) in new[] { ("bridge", "Cracks close the bridge at Carrow to lorries"), ("agency", "Carrow: buses turn round at the chapel") })
        {
            await deployment.PublishAsync(id, title, body, "2026-10-06T08:00:00Z");
        }

        Assert.DoesNotContain("agency", await deployment.ListAsync("bridge", ""));
        Assert.Single(await deployment.ListAsync("strike", "&count=10"), id => id is "bridge" or "agency");
    }

    [Fact]
    public async Task Scores_are_explained_on_request_and_then_not_cached()
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike&explain=true");

        var explanation = (await Deployment.JsonOf(answer)).GetProperty("items")[0].GetProperty("explanation");
        Assert.Equal(explanation.GetProperty("value").GetDouble(), explanation.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("value").GetDouble()), 12);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task A_page_may_ask_for_older_stories_only()
    {
        Assert.Equal(["strike"], await deployment.ListAsync("mediator", "&olderOnly=true"));
        Assert.Equal(["strike"], await deployment.ListAsync("mediator", "&olderOnly"));
        Assert.Equal(["farmers", "frost", "strike"], (await deployment.ListAsync("mediator", "&olderOnly=false")).Order());
        using var fragment = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories.html?id=strike&olderOnly=true");
        Assert.Equal("", await fragment.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_page_may_ask_is_described_with_its_type()
    {
        var described = (await deployment.GetJsonAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/api/more-stories").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema").GetProperty("type").GetString());

        Assert.Equal(("integer", "boolean", "boolean"), (described["count"], described["explain"], described["olderOnly"]));
    }

    [Theory]
    [InlineData("/api/more-stories?count=0", "count")]
    [InlineData("/api/more-stories?count=21", "count")]
    [InlineData("/api/more-stories?count=four", "count")]
    [InlineData("/api/more-stories?url=not%20a%20url", "url")]
    [InlineData("/api/more-stories?url=ftp://gazette.example/x", "url")]
    [InlineData("/api/more-stories?explain=perhaps", "explain")]
    [InlineData("/api/more-stories?olderOnly=perhaps", "olderOnly")]
    [InlineData("/api/more-stories.html?olderOnly=older", "olderOnly")]
    [InlineData("/api/more-stories?site=herald", "site")]
    [InlineData("/api/more-stories.html?count=-1", "count")]
    [InlineData("/api/latest?count=1e1", "count")]
    [InlineData("/api/latest?site=herald", "site")]
    public async Task A_bad_question_is_told_which_field_is_wrong(string address, string field)
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([field], await Deployment.WrongFields(answer));
    }

    [Fact]
    public async Task Who_has_the_list_already_is_told_so_until_it_changes()
    {
        using var first = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike");
        var etag = first.Headers.ETag!;
        Assert.False(etag.IsWeak);

        using (var again = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("If-None-Match", etag.Tag)))
        {
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(etag, again.Headers.ETag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }

        using var removal = await deployment.SendAsync(HttpMethod.Delete, "/api/articles/farmers", null, Deployment.CmsKey);
        using var changed = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("If-None-Match", etag.Tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(etag, changed.Headers.ETag);
        Assert.DoesNotContain("farmers", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caches_may_keep_a_list_shortly_and_longer_when_nobody_answers()
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike");

        Assert.Equal("public, max-age=10, stale-while-revalidate=20, stale-if-error=86400", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Compressed_lists_have_etags_of_their_own(string encoding)
    {
        using var plain = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike");
        using var packed = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("Accept-Encoding", encoding));
        using var again = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("Accept-Encoding", encoding), ("If-None-Match", packed.Headers.ETag!.Tag));

        Assert.Contains(encoding, packed.Content.Headers.ContentEncoding);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.All([plain, packed, again], answer => Assert.Contains("Accept-Encoding", answer.Headers.Vary));
    }

    [Theory]
    [InlineData("/api/more-stories?id=strike")]
    [InlineData("/api/more-stories.html?id=strike")]
    [InlineData("/api/latest")]
    public async Task Head_gives_the_headers_of_get_alone(string address)
    {
        using var get = await deployment.SendAsync(HttpMethod.Get, address);
        using var head = await deployment.SendAsync(HttpMethod.Head, address);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Scripts_of_the_sites_own_origin_may_read_it_and_no_others()
    {
        using var own = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("Origin", "https://gazette.example"));
        using var other = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike", null, null, ("Origin", "https://elsewhere.example"));

        Assert.Equal(["https://gazette.example"], own.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.All([own, other], answer => Assert.Contains("Origin", answer.Headers.Vary));
    }

    [Fact]
    public async Task Options_says_what_can_be_asked_and_a_preflight_is_answered()
    {
        using var options = await deployment.SendAsync(HttpMethod.Options, "/api/more-stories");
        using var preflight = await deployment.SendAsync(
            HttpMethod.Options, "/api/more-stories?id=strike", null, null, ("Origin", "https://gazette.example"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));

        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], options.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(["https://gazette.example"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_fragment_holds_the_list_and_is_nothing_when_that_is_empty()
    {
        using var filled = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories.html?id=strike&count=2");
        var html = await filled.Content.ReadAsStringAsync();
        Assert.Equal("text/html", filled.Content.Headers.ContentType?.MediaType);
        Assert.Contains("More Stories", html, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-10-05", html, StringComparison.Ordinal);
        Assert.Contains("https://gazette.example/farmers", html, StringComparison.Ordinal);

        using var empty = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories.html?id=strike&exclude=farmers,mediator,frost");
        Assert.Equal("", (await empty.Content.ReadAsStringAsync()).Trim());
    }

    [Fact]
    public async Task The_latest_of_a_topic_come_newest_first()
    {
        var list = await deployment.GetJsonAsync("/api/latest?topic=harbour");

        Assert.Equal(["farmers", "mediator", "strike"], list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.All(list.GetProperty("items").EnumerateArray(), item => Assert.Equal("latest-in-topic", item.GetProperty("reason").GetString()));
        Assert.Equal("empty", (await deployment.GetJsonAsync("/api/latest?topic=sport")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_unknown_address_gets_a_problem()
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, "/api/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
