using System.Net;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Api;

public sealed class OverrideEndpointsTests : IAsyncLifetime
{
    private const string Pin = "/api/pages/strike/overrides/pins/1";
    private readonly Deployment deployment = Deployment.Start();

    public Task InitializeAsync() => deployment.PublishFerriesAsync();

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public async Task A_pin_takes_its_slot_at_once_and_leaves_it_when_deleted()
    {
        using var put = await SendAsync(HttpMethod.Put, Pin, new { target = "https://gazette.example/frost?utm_source=desk", note = "For the weekend." });
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var first = (await deployment.GetJsonAsync("/api/more-stories?id=strike")).GetProperty("items")[0];
        Assert.Equal(("frost", "pinned"), (first.GetProperty("id").GetString(), first.GetProperty("reason").GetString()));

        using var delete = await SendAsync(HttpMethod.Delete, Pin);
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        Assert.NotEqual("frost", (await deployment.ListAsync("strike"))[0]);
        using var again = await SendAsync(HttpMethod.Delete, Pin);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_pin_holds_in_its_window_only_and_times_without_zone_are_the_sites()
    {
        // 18:00 in Paris is 17:00 UTC in November.
        using var put = await SendAsync(HttpMethod.Put, Pin, new { target = "frost", from = "2026-11-20T18:00", until = "2026-11-20T20:00:00+01:00" });
        Assert.Equal("2026-11-20T17:00:00+00:00", (await Deployment.JsonOf(put)).GetProperty("from").GetString());

        var first = new List<string>();
        foreach (var hour in new[] { 16, 17, 18, 19 })
        {
            deployment.Time.SetUtcNow(new DateTimeOffset(2026, 11, 20, hour, 0, 1, TimeSpan.Zero));
            first.Add((await deployment.ListAsync("strike"))[0]);
        }

        Assert.Equal([false, true, true, false], first.Select(id => id == "frost"));
    }

    [Fact]
    public async Task Blocks_and_boosts_work_for_a_page_a_topic_and_the_site()
    {
        using var block = await SendAsync(HttpMethod.Put, "/api/topics/harbour/overrides/blocks/mediator", new { note = "Correction coming." });
        using var boost = await SendAsync(HttpMethod.Put, "/api/site/overrides/boosts/farmers", new { factor = 3 });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (block.StatusCode, boost.StatusCode));

        Assert.Equal("farmers", (await deployment.ListAsync("strike"))[0]);
        Assert.DoesNotContain("mediator", await deployment.ListAsync("strike"));
        Assert.Contains("mediator", await deployment.ListAsync("frost"));

        var page = await deployment.GetJsonAsync("/api/pages/strike/overrides", Deployment.EditorKey);
        Assert.Empty(page.GetProperty("overrides").EnumerateArray());
        Assert.Equal(["topic:harbour", "site"], page.GetProperty("inherited").EnumerateArray().Select(rule => rule.GetProperty("scope").GetString()));
    }

    [Fact]
    public async Task Two_editors_do_not_overwrite_each_other()
    {
        using var mine = await SendAsync(HttpMethod.Put, Pin, new { target = "frost" }, ("If-None-Match", "*"));
        var version = mine.Headers.ETag!.Tag;
        using var theirs = await SendAsync(HttpMethod.Put, Pin, new { target = "farmers", author = "Noor" }, ("If-Match", version));
        Assert.Equal(HttpStatusCode.OK, theirs.StatusCode);

        using var late = await SendAsync(HttpMethod.Put, Pin, new { target = "mediator" }, ("If-Match", version));
        using var absent = await SendAsync(HttpMethod.Put, Pin, new { target = "mediator" }, ("If-None-Match", "*"));
        using var foreign = await SendAsync(HttpMethod.Delete, Pin, null, ("If-Match", "\"no such version\""));

        Assert.All([late, absent, foreign], answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
        var current = (await Deployment.JsonOf(late)).GetProperty("current");
        Assert.Equal(("farmers", "Noor"), (current.GetProperty("target").GetString(), current.GetProperty("author").GetString()));
        Assert.Equal(theirs.Headers.ETag!.Tag, current.GetProperty("etag").GetString());
        Assert.Equal("farmers", (await deployment.ListAsync("strike"))[0]);
    }

    [Theory]
    [InlineData("/api/pages/strike/overrides/pins/0", "{\"target\":\"frost\"}", "slot")]
    [InlineData("/api/pages/strike/overrides/pins/21", "{\"target\":\"frost\"}", "slot")]
    [InlineData(Pin, "{}", "target")]
    [InlineData(Pin, "{\"target\":\"strike\"}", "target")]
    [InlineData(Pin, "{\"target\":\"nobody\"}", "target")]
    [InlineData(Pin, "{\"target\":\"frost\",\"from\":\"soon\"}", "from")]
    [InlineData(Pin, "{\"target\":\"frost\",\"from\":\"2026-11-02\",\"until\":\"2026-11-01\"}", "until")]
    [InlineData(Pin + "@", "{\"target\":\"frost\"}", "slot")]
    [InlineData(Pin, "{\"target\":\"frost\",\"from\":\"2027-03-28T02:30\"}", "from")]
    [InlineData(Pin, "{\"target\":\"frost\",\"until\":\"2027-10-31T02:30\"}", "until")]
    [InlineData("/api/site/overrides/boosts/frost", "{}", "factor")]
    [InlineData("/api/site/overrides/boosts/frost", "{\"factor\":11}", "factor")]
    [InlineData("/api/site/overrides/blocks/nobody", "{}", "target")]
    public async Task A_wrong_override_is_told_which_field_is_wrong(string address, string json, string field)
    {
        using var answer = await SendAsync(HttpMethod.Put, address, json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([field], await Deployment.WrongFields(answer));
    }

    [Fact]
    public async Task A_slot_can_have_another_pin_in_another_window()
    {
        using var usual = await SendAsync(HttpMethod.Put, Pin, new { target = "frost" });
        using var tonight = await SendAsync(HttpMethod.Put, Pin + "@tonight", new { target = "mediator", from = "2026-11-20T19:00:00Z", until = "2026-11-20T23:00:00Z" });
        Assert.Equal((HttpStatusCode.Created, "tonight"), (tonight.StatusCode, (await Deployment.JsonOf(tonight)).GetProperty("turn").GetString()));

        var first = new List<string>();
        foreach (var hour in new[] { 18, 19, 23 })
        {
            deployment.Time.SetUtcNow(new DateTimeOffset(2026, 11, 20, hour, 0, 1, TimeSpan.Zero));
            first.Add((await deployment.ListAsync("strike"))[0]);
        }

        Assert.Equal(["frost", "mediator", "frost"], first);
        using var taken = await SendAsync(HttpMethod.Delete, Pin + "@tonight");
        using var again = await SendAsync(HttpMethod.Delete, Pin + "@tonight");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (taken.StatusCode, again.StatusCode));
        Assert.Single((await deployment.GetJsonAsync("/api/pages/strike/overrides", Deployment.EditorKey)).GetProperty("overrides").EnumerateArray());
    }

    [Fact]
    public async Task A_story_can_be_taken_for_evergreen()
    {
        using var put = await SendAsync(HttpMethod.Put, "/api/site/overrides/evergreens/frost", new { note = "A guide" });

        Assert.Equal((HttpStatusCode.Created, "evergreen"), (put.StatusCode, (await Deployment.JsonOf(put)).GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Unknown_pages_and_kinds_are_not_found_and_broken_json_is_shown_where()
    {
        using var page = await SendAsync(HttpMethod.Put, "/api/pages/nobody/overrides/pins/1", new { target = "frost" });
        using var list = await SendAsync(HttpMethod.Get, "/api/pages/nobody/overrides");
        using var kind = await SendAsync(HttpMethod.Put, "/api/site/overrides/glue/frost", new { });
        using var broken = await SendAsync(HttpMethod.Put, Pin, "{\"target\": 4");

        Assert.All([page, list, kind], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Equal(["target"], await Deployment.WrongFields(broken));
    }

    [Fact]
    public async Task A_topic_is_meant_by_its_name_as_by_its_slug_in_any_script()
    {
        await deployment.PublishAsync("vote", "A vote", "Voting.", "2026-11-02T08:00:00Z", "Политика");

        using var pin = await SendAsync(HttpMethod.Put, "/api/topics/" + Uri.EscapeDataString("Политика") + "/overrides/pins/1?site=gazette", new { target = "frost" });
        using var none = await SendAsync(HttpMethod.Put, "/api/topics/%21%21/overrides/pins/1", new { target = "frost" });

        Assert.Equal(HttpStatusCode.Created, pin.StatusCode);
        Assert.Equal("frost", (await deployment.ListAsync("vote"))[0]);
        Assert.Equal(["topic"], await Deployment.WrongFields(none));
        using var list = await deployment.SendAsync(HttpMethod.Get, pin.Headers.Location!.ToString(), null, Deployment.EditorKey);
        Assert.Single((await Deployment.JsonOf(list)).GetProperty("overrides").EnumerateArray());
        Assert.Equal("vote", (await deployment.GetJsonAsync("/api/latest?count=1&topic=" + Uri.EscapeDataString("ПОЛИТИКА"))).GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Any_version_in_a_list_will_do_and_a_header_that_is_none_is_told()
    {
        using var put = await SendAsync(HttpMethod.Put, Pin, new { target = "frost" });
        using var listed = await SendAsync(HttpMethod.Put, Pin, new { target = "farmers" }, ("If-Match", $"\"other\", {put.Headers.ETag!.Tag}"));
        using var version = await SendAsync(HttpMethod.Put, Pin, new { target = "frost" }, ("If-None-Match", "\"other\""));
        using var broken = await SendAsync(HttpMethod.Put, Pin, new { target = "frost" }, ("If-Match", "no tag"));

        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal(["If-None-Match"], await Deployment.WrongFields(version));
        Assert.Equal(["If-Match"], await Deployment.WrongFields(broken));
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_with_what_was_before_and_after()
    {
        using var put = await SendAsync(HttpMethod.Put, Pin, new { target = "frost", note = "first" });
        deployment.Time.Advance(TimeSpan.FromMinutes(1));
        using var changed = await SendAsync(HttpMethod.Put, Pin, new { target = "farmers", author = "Noor" });
        deployment.Time.Advance(TimeSpan.FromMinutes(1));
        using var deleted = await SendAsync(HttpMethod.Delete, Pin + "?author=Ines");

        var audit = await deployment.GetJsonAsync("/api/audit?count=2", Deployment.EditorKey);
        var entries = audit.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(["Ines delete", "Noor put"], entries.Select(entry => $"{entry.GetProperty("author")} {entry.GetProperty("action")}"));
        Assert.Equal("frost", entries[1].GetProperty("before").GetProperty("target").GetString());
        Assert.False(entries[0].TryGetProperty("after", out _));

        var rest = await deployment.GetJsonAsync("/api/audit?before=" + Uri.EscapeDataString(audit.GetProperty("next").GetString()!), Deployment.EditorKey);
        var oldest = Assert.Single(rest.GetProperty("entries").EnumerateArray());
        Assert.Equal(("newsroom", "first"), (oldest.GetProperty("author").GetString(), oldest.GetProperty("after").GetProperty("note").GetString()));
        Assert.False(rest.TryGetProperty("next", out _));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, object? body = null, params (string Name, string Value)[] headers) =>
        deployment.SendAsync(method, address, body, Deployment.EditorKey, headers);
}
