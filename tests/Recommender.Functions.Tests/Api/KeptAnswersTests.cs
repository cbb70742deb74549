using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Recommender.Functions.Tests.Support;
using Recommender.Telemetry;

namespace Recommender.Functions.Tests.Api;

/// <summary>Answers that are given again without being made again: nobody may tell the difference.</summary>
public sealed class KeptAnswersTests : IAsyncLifetime
{
    private const string Page = "/api/more-stories?id=strike&count=2";
    private readonly Deployment deployment = Deployment.Start();

    public Task InitializeAsync() => deployment.PublishFerriesAsync();

    public async Task DisposeAsync() => await deployment.DisposeAsync();

    [Fact]
    public async Task The_same_again_asks_nothing_but_the_kept_answer_and_is_measured_as_before()
    {
        using var first = await deployment.SendAsync(HttpMethod.Get, Page);
        using var lookups = new MetricCollector<long>(Meters, Measurements.MeterName, "more_stories.cache.lookups");
        using var lists = new MetricCollector<long>(Meters, Measurements.MeterName, "more_stories.lists");
        using var ages = new MetricCollector<double>(Meters, Measurements.MeterName, "more_stories.item.age");

        using var second = await deployment.SendAsync(HttpMethod.Get, Page);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(HeadersOf(first), HeadersOf(second));
        Assert.Equal(["answer"], lookups.GetMeasurementSnapshot().Select(measured => measured.Tags["kind"]));
        Assert.Equal(["page complete"], lists.GetMeasurementSnapshot().Select(measured => $"{measured.Tags["kind"]} {measured.Tags["state"]}"));
        Assert.Equal(2, ages.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task A_takedown_and_an_override_show_in_the_next_answer()
    {
        Assert.Contains("mediator", await deployment.ListAsync("strike", "&count=2"));
        using var before = await deployment.SendAsync(HttpMethod.Get, Page);

        using var removed = await deployment.SendAsync(HttpMethod.Delete, "/api/articles/mediator", null, Deployment.CmsKey);
        using var after = await deployment.SendAsync(HttpMethod.Get, Page, null, null, ("If-None-Match", before.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.DoesNotContain("mediator", await deployment.ListAsync("strike", "&count=2"));

        using var block = await deployment.SendAsync(HttpMethod.Put, "/api/site/overrides/blocks/farmers", new { note = "" }, Deployment.EditorKey);
        Assert.DoesNotContain("farmers", await deployment.ListAsync("strike", "&count=2"));
    }

    [Fact]
    public async Task An_override_begins_and_ends_on_its_instant()
    {
        var now = deployment.Time.GetUtcNow();
        using var pin = await deployment.SendAsync(
            HttpMethod.Put, "/api/pages/strike/overrides/pins/1", new { target = "frost", from = now.AddSeconds(1.5), until = now.AddSeconds(2.5) }, Deployment.EditorKey);
        Assert.True(pin.IsSuccessStatusCode);

        var firsts = new List<string>();
        for (var half = 0; half < 7; half++)
        {
            firsts.Add((await deployment.ListAsync("strike", "&count=2"))[0] == "frost" ? "pinned" : "-");
            deployment.Time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(["-", "-", "-", "pinned", "pinned", "-", "-"], firsts);
    }

    [Fact]
    public async Task A_story_to_come_appears_on_its_instant()
    {
        await deployment.PublishAsync("embargo", "What the minister will say", published: deployment.Time.GetUtcNow().AddSeconds(1).ToString("O"));
        Assert.Equal("frost", await NewestAsync());

        deployment.Time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal("frost", await NewestAsync());
        deployment.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("embargo", await NewestAsync());
    }

    [Fact]
    public async Task Each_origin_and_each_encoding_has_an_answer_of_its_own()
    {
        for (var round = 0; round < 2; round++)
        {
            using var plain = await deployment.SendAsync(HttpMethod.Get, Page);
            using var own = await deployment.SendAsync(HttpMethod.Get, Page, null, null, ("Origin", "https://gazette.example"), ("Accept-Encoding", "br"));
            using var foreign = await deployment.SendAsync(HttpMethod.Get, Page, null, null, ("Origin", "https://elsewhere.example"), ("Accept-Encoding", "gzip"));

            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.Equal(["br"], own.Content.Headers.ContentEncoding);
            Assert.Equal(["gzip"], foreign.Content.Headers.ContentEncoding);
            Assert.Equal(3, new[] { plain, own, foreign }.Select(answer => answer.Headers.ETag!.Tag).Distinct().Count());
            Assert.Equal(["https://gazette.example"], own.Headers.GetValues("Access-Control-Allow-Origin"));
            Assert.False(plain.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.All([own, foreign], answer => Assert.Equal(["Accept-Encoding", "Origin"], answer.Headers.Vary.Order(StringComparer.Ordinal)));
            Assert.All([plain, own, foreign], answer => Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Who_has_it_gets_304_whether_it_was_kept_or_not()
    {
        using var first = await deployment.SendAsync(HttpMethod.Get, Page);
        for (var round = 0; round < 2; round++)
        {
            using var again = await deployment.SendAsync(HttpMethod.Get, Page, null, null, ("If-None-Match", first.Headers.ETag!.Tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(first.Headers.ETag, again.Headers.ETag);
            Assert.Equal(first.Headers.CacheControl, again.Headers.CacheControl);
            Assert.Equal("", await again.Content.ReadAsStringAsync());
            deployment.Time.Advance(TimeSpan.FromSeconds(10));
        }

        // What was kept of a 304 is whole.
        using var whole = await deployment.SendAsync(HttpMethod.Get, Page);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await whole.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_kept_answer_counts_towards_the_limit_as_any_other()
    {
        await using var limited = Deployment.Start(("Api:RequestsPerSecond", "1"), ("Api:Burst", "4"));
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 6; request++)
        {
            using var answer = await limited.SendAsync(HttpMethod.Get, "/api/latest");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Explanations_and_mistakes_are_never_kept()
    {
        using var misses = new MetricCollector<long>(Meters, Measurements.MeterName, "more_stories.cache.misses");
        for (var round = 0; round < 2; round++)
        {
            using var explained = await deployment.SendAsync(HttpMethod.Get, Page + "&explain");
            using var wrong = await deployment.SendAsync(HttpMethod.Get, "/api/more-stories?id=strike&count=99");
            using var head = await deployment.SendAsync(HttpMethod.Head, Page);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK), (explained.StatusCode, wrong.StatusCode, head.StatusCode));
        }

        Assert.DoesNotContain(misses.GetMeasurementSnapshot(), measured => (string?)measured.Tags["kind"] == "answer");
    }

    private System.Diagnostics.Metrics.IMeterFactory Meters => deployment.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();

    private async Task<string> NewestAsync() => (await deployment.GetJsonAsync("/api/latest")).GetProperty("items")[0].GetProperty("id").GetString()!;

    private static List<string> HeadersOf(HttpResponseMessage answer) =>
        [.. answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal)];
}
