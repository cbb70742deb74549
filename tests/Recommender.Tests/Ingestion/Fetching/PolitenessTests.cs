using Recommender.Ingestion.Fetching;

namespace Recommender.Tests.Ingestion.Fetching;

public sealed class PolitenessTests : IAsyncLifetime
{
    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenLiveAsync();

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task A_server_that_drips_is_given_up()
    {
        await using var hasty = await IngestionRoom.OpenLiveAsync(("RequestTimeout", "0.6"), ("RespectRobots", "false"));
        hasty.Web.Answer("/drip", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync("x"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        });
        hasty.Web.Answer("/silent", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var started = System.Diagnostics.Stopwatch.StartNew();

        var drip = await Assert.ThrowsAsync<FetchException>(() => hasty.Fetcher.FetchFeedAsync(hasty.Site, hasty.Web.Uri("/drip")));
        var silent = await Assert.ThrowsAsync<FetchException>(() => hasty.Fetcher.FetchFeedAsync(hasty.Site, hasty.Web.Uri("/silent")));

        Assert.True(drip.IsTransient && silent.IsTransient);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(6), $"It took {started.Elapsed}.");
    }

    [Fact]
    public async Task A_server_that_fails_in_passing_is_asked_again_and_one_that_refuses_is_not()
    {
        await using var patient = await IngestionRoom.OpenLiveAsync(("Retries", "2"), ("RetryDelay", "0.01"), ("RespectRobots", "false"));
        var asked = 0;
        patient.Web.Answer("/flaky", context =>
        {
            context.Response.StatusCode = ++asked < 3 ? 502 : 200;
            return Task.CompletedTask;
        });
        patient.Web.AnswerStatus("/no", 403);

        Assert.Equal(FetchStatus.Found, (await patient.Fetcher.FetchFeedAsync(patient.Site, patient.Web.Uri("/flaky"))).Status);
        Assert.False((await Assert.ThrowsAsync<FetchException>(() => patient.Fetcher.FetchFeedAsync(patient.Site, patient.Web.Uri("/no")))).IsTransient);
        Assert.Equal(["/flaky", "/flaky", "/flaky", "/no"], patient.Web.Requests);
    }

    [Theory]
    [InlineData(429, "120")]
    [InlineData(503, "120")]
    public async Task A_host_that_says_when_to_come_back_is_left_alone_until_then(int status, string after)
    {
        await using var patient = await IngestionRoom.OpenLiveAsync(("Retries", "3"), ("RetryDelay", "0.01"), ("RespectRobots", "false"));
        patient.Web.AnswerStatus("/busy", status, ("Retry-After", after));
        patient.Web.Answer("/other", "<rss/>");

        var first = await Assert.ThrowsAsync<FetchException>(() => patient.Fetcher.FetchFeedAsync(patient.Site, patient.Web.Uri("/busy")));
        var second = await Assert.ThrowsAsync<FetchException>(() => patient.Fetcher.FetchFeedAsync(patient.Site, patient.Web.Uri("/other")));

        Assert.InRange(first.RetryAt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(121));
        Assert.True(second.IsTransient);
        Assert.Equal(["/busy"], patient.Web.Requests);
    }

    [Fact]
    public async Task A_host_is_asked_one_thing_at_a_time_with_a_pause()
    {
        await using var polite = await IngestionRoom.OpenLiveAsync(("Pause", "0.15"), ("RespectRobots", "false"));
        var (now, most) = (0, 0);
        polite.Web.Answer("/slow", async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
        });
        var started = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => polite.Fetcher.FetchFeedAsync(polite.Site, polite.Web.Uri("/slow"))));

        Assert.Equal(1, most);
        Assert.True(started.Elapsed >= TimeSpan.FromSeconds(3 * 0.15), $"It took {started.Elapsed}.");
    }

    [Fact]
    public async Task What_robots_txt_forbids_is_not_fetched_nor_reached_by_redirect()
    {
        room.Web.Answer("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain");
        room.Web.Answer("/private/feed", "<rss/>");
        room.Web.AnswerStatus("/open", 302, ("Location", "/private/feed"));

        Assert.Contains("robots.txt", (await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/private/feed"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/open"));
        Assert.Equal(["/open"], room.Web.Requests);
    }

    [Fact]
    public async Task Robots_txt_is_read_once_and_a_server_that_fails_to_give_it_allows_nothing()
    {
        var asked = 0;
        room.Web.Answer("/robots.txt", context =>
        {
            asked++;
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        room.Web.Answer("/feed", "<rss/>");

        Assert.True((await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/feed"))).IsTransient);
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/feed"));

        Assert.Equal(1, asked);
        Assert.Empty(room.Web.Requests);
    }

    [Fact]
    public async Task A_robots_txt_that_moved_is_followed()
    {
        room.Web.AnswerStatus("/robots.txt", 301, ("Location", "/files/robots.txt"));
        room.Web.Answer("/files/robots.txt", "User-agent: MoreStories\nDisallow: /", "text/plain");
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync("/feed"));
    }

    private Task<FetchedContent> FetchAsync(string path) => room.Fetcher.FetchFeedAsync(room.Site, room.Web.Uri(path));
}
