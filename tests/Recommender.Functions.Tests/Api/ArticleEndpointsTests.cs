using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Api;

public sealed class ArticleEndpointsTests : IAsyncLifetime
{
    private readonly Deployment deployment = Deployment.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public async Task A_published_article_is_in_its_own_list_and_in_an_older_ones_and_gone_from_both_when_deleted()
    {
        await deployment.PublishFerriesAsync();
        using var before = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike");

        await deployment.PublishAsync("deal", "Ferry union and harbour board shake hands on night sailings", "The ferry crews of Brennan Sound get a third crew on every ferry at night.", "2026-11-19T08:00:00Z", "Harbour");

        Assert.Contains("strike", await deployment.ListAsync("deal"));
        Assert.Contains("deal", await deployment.ListAsync("strike"));

        using var removal = await deployment.SendAsync(HttpMethod.Delete, "/api/articles/deal", null, Deployment.CmsKey);
        Assert.Equal(HttpStatusCode.NoContent, removal.StatusCode);
        Assert.DoesNotContain("deal", await deployment.ListAsync("strike"));
        Assert.Equal("fallback", (await deployment.GetJsonAsync("/api/more-stories?id=deal")).GetProperty("state").GetString());
        using var after = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike");
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public async Task Sending_the_same_again_changes_nothing()
    {
        using var first = await PutAsync("plum", Deployment.Story("plum", "Plums are early"));
        using var again = await PutAsync("plum", Deployment.Story("plum", "Plums are early"));
        using var changed = await PutAsync("plum", Deployment.Story("plum", "Plums are late"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode, changed.StatusCode));
        Assert.Equal(("created", "unchanged", "updated"), (await OutcomeAsync(first), await OutcomeAsync(again), await OutcomeAsync(changed)));
        Assert.Equal("/api/articles/plum?site=gazette", first.Headers.Location?.ToString());
    }

    [Fact]
    public async Task What_was_sent_can_be_read_and_sent_again()
    {
        await PutAsync("pear", new { url = "https://gazette.example/pear", title = "Pears &amp; <em>cheese</em>", published = "2026-11-01 08:00", topics = "Food", authors = new[] { new { name = "Ada Quince" } }, unknown = 1 });

        var article = await deployment.GetJsonAsync("/api/articles/pear", Deployment.CmsKey);
        Assert.Equal("Pears & cheese", article.GetProperty("title").GetString());
        Assert.Equal("2026-11-01T07:00:00.0000000+00:00", article.GetProperty("published").GetString());
        Assert.Equal("Food", article.GetProperty("topics")[0].GetString());
        Assert.Equal("Ada Quince", article.GetProperty("authors")[0].GetString());

        using var back = await deployment.SendAsync(HttpMethod.Put, "/api/articles/pear", article.GetRawText(), Deployment.CmsKey);
        Assert.Equal("unchanged", await OutcomeAsync(back));
    }

    [Fact]
    public async Task A_wrong_article_is_told_every_field_that_is_wrong_and_leaves_nothing()
    {
        using var answer = await PutAsync("bad", new { url = "https://elsewhere.example/x", published = "tomorrow", language = "!", title = " " });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["language", "published", "title", "url"], (await Deployment.WrongFields(answer)).Order());
        using var read = await deployment.SendAsync(HttpMethod.Get, "/api/articles/bad", null, Deployment.CmsKey);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Without_a_date_it_is_now_and_stays_what_it_was()
    {
        var undated = new { url = "https://gazette.example/sloe", title = "Sloes" };
        using var first = await PutAsync("sloe", undated);
        deployment.Time.Advance(TimeSpan.FromHours(3));
        using var again = await PutAsync("sloe", undated);
        using var corrected = await PutAsync("sloe", new { undated.url, title = "Sloes and gin" });

        Assert.Equal(("created", "unchanged", "updated"), (await OutcomeAsync(first), await OutcomeAsync(again), await OutcomeAsync(corrected)));
        var article = await deployment.GetJsonAsync("/api/articles/sloe", Deployment.CmsKey);
        Assert.Equal("2026-11-20T09:00:00.0000000+00:00", article.GetProperty("published").GetString());
    }

    [Fact]
    public async Task An_escaped_slash_and_an_escaped_percent_sign_are_different_ids()
    {
        using var slash = await deployment.SendAsync(HttpMethod.Put, "/api/articles/s%2Ft", Deployment.Story("slash", "A slash"), Deployment.CmsKey);
        using var percent = await deployment.SendAsync(HttpMethod.Put, "/api/articles/s%252Ft", Deployment.Story("percent", "A percent sign"), Deployment.CmsKey);
        using var removal = await deployment.SendAsync(HttpMethod.Delete, "/api/articles/s%252Ft", null, Deployment.CmsKey);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.NoContent), (slash.StatusCode, percent.StatusCode, removal.StatusCode));
        Assert.Equal("s/t", (await deployment.GetJsonAsync("/api/articles/s%2Ft", Deployment.CmsKey)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("{\"title\": [1, 2]}", "title")]
    [InlineData("{\"title\": \"x\"", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task Json_that_is_no_article_is_refused(string json, string field)
    {
        using var answer = await deployment.SendAsync(HttpMethod.Put, "/api/articles/bad", json, Deployment.CmsKey);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([field], await Deployment.WrongFields(answer));
    }

    [Fact]
    public async Task An_id_that_is_not_the_addresss_is_refused_and_a_taken_url_is_a_conflict()
    {
        await PutAsync("fig", Deployment.Story("fig", "Figs"));

        using var mismatch = await deployment.SendAsync(HttpMethod.Put, "/api/articles/fig", "{\"id\":\"date\",\"url\":\"https://gazette.example/fig\",\"title\":\"Figs\"}", Deployment.CmsKey);
        using var taken = await PutAsync("other", Deployment.Story("fig", "Figs of another"));

        Assert.Equal(["id"], await Deployment.WrongFields(mismatch));
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains("'fig'", (await Deployment.JsonOf(taken)).GetProperty("errors").GetProperty("url")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_can_have_any_characters()
    {
        using var put = await deployment.SendAsync(HttpMethod.Put, "/api/articles/" + Uri.EscapeDataString("año/2026?#1 é"), Deployment.Story("year", "A year"), Deployment.CmsKey);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        Assert.Equal("año/2026?#1 é", (await deployment.GetJsonAsync(put.Headers.Location!.ToString(), Deployment.CmsKey)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_is_refused()
    {
        using var large = await deployment.SendAsync(HttpMethod.Put, "/api/articles/large", new StringContent(new string(' ', 9 * 1024 * 1024), Encoding.UTF8, "application/json"), Deployment.CmsKey, ("Expect", "100-continue"));
        using var form = await deployment.SendAsync(HttpMethod.Put, "/api/articles/form", new FormUrlEncodedContent([new("title", "x")]), Deployment.CmsKey);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        Assert.All([large, form], answer => Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_import_answers_line_by_line_and_skips_what_is_bad()
    {
        var lines = string.Join('\n', [
            Line("one", "The first story"),
            "{not json}",
            "",
            Line("two", "The second story"),
            """{"id":"three","url":"https://elsewhere.example/three","title":"Not ours"}""",
            Line("one", "The first story"),
        ]);

        using var answer = await deployment.SendAsync(HttpMethod.Post, "/api/articles/import", new StringContent(lines), Deployment.CmsKey);

        var results = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(
            [(1, "created"), (2, "invalid"), (4, "created"), (5, "invalid"), (6, "unchanged")],
            results.SkipLast(1).Select(result => (result.GetProperty("line").GetInt32(), result.GetProperty("outcome").GetString()!)).Order());
        Assert.Equal("url", results.Single(result => result.TryGetProperty("line", out var line) && line.GetInt32() == 5).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("""{"complete":true,"created":2,"updated":0,"unchanged":1,"failed":2}""", results[^1].GetRawText());
    }

    [Fact]
    public async Task An_import_acknowledges_lines_before_the_rest_has_come()
    {
        // Few clients read before they have sent everything, so this one is made of a socket.
        using var connection = new TcpClient();
        await connection.ConnectAsync("localhost", deployment.Client.BaseAddress!.Port);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream);
        await WriteAsync(stream, $"POST /api/articles/import HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {Deployment.CmsKey}\r\nTransfer-Encoding: chunked\r\n\r\n");
        await WriteChunkAsync(stream, Line("early", "An early story") + "\n");
        var created = ReadUntilAsync(reader, "created");
        await AdvanceUntilAsync(() => Task.FromResult(created.IsCompleted));
        await created;
        Assert.Equal("early", (await deployment.GetJsonAsync("/api/articles/early", Deployment.CmsKey)).GetProperty("id").GetString());

        await WriteAsync(stream, "0\r\n\r\n");
        await ReadUntilAsync(reader, "\"complete\":true");
    }

    [Fact]
    public async Task An_import_that_breaks_off_keeps_what_came_whole_and_lists_it()
    {
        await deployment.PublishFerriesAsync();
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync("localhost", deployment.Client.BaseAddress!.Port);
            await using var stream = connection.GetStream();
            using var reader = new StreamReader(stream);
            await WriteAsync(stream, $"POST /api/articles/import HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {Deployment.CmsKey}\r\nTransfer-Encoding: chunked\r\n\r\n");
            await WriteChunkAsync(stream, Line("whole", "Ferry union and ferry crews count night sailings") + "\n" + Line("half", "A story that did not")[..40]);
            var created = ReadUntilAsync(reader, "created");
            await AdvanceUntilAsync(() => Task.FromResult(created.IsCompleted));
            await created;
        }

        await AdvanceUntilAsync(async () => (await deployment.GetJsonAsync("/api/more-stories?id=strike")).GetProperty("items").EnumerateArray()
            .Any(item => (item.GetProperty("id").GetString(), item.GetProperty("reason").GetString()) is ("whole", "similar")));
        using var half = await deployment.SendAsync(HttpMethod.Get, "/api/articles/half", null, Deployment.CmsKey);
        Assert.Equal(HttpStatusCode.NotFound, half.StatusCode);
    }

    // The clock of the test stands still; what waits for it is let on.
    private async Task AdvanceUntilAsync(Func<Task<bool>> isDone)
    {
        for (var step = 0; step < 500 && !await isDone(); step++)
        {
            deployment.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }

        Assert.True(await isDone());
    }

    private static Task WriteChunkAsync(NetworkStream stream, string text) => WriteAsync(stream, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    private static async Task ReadUntilAsync(StreamReader reader, string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The answer ended without {words}.");
    }

    private static string Line(string id, string title) => JsonSerializer.Serialize(new { id, url = $"https://gazette.example/{id}", title, published = "2026-11-01T08:00:00Z" });

    private static async Task<string?> OutcomeAsync(HttpResponseMessage answer) => (await Deployment.JsonOf(answer)).GetProperty("outcome").GetString();

    private Task<HttpResponseMessage> PutAsync(string id, object story) => deployment.SendAsync(HttpMethod.Put, $"/api/articles/{id}", story, Deployment.CmsKey);
}
