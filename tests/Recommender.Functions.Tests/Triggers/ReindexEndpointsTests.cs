using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Reindexing;
using Recommender.Sites;

namespace Recommender.Functions.Tests.Triggers;

public sealed class ReindexEndpointsTests : IDisposable
{
    private readonly Deployment deployment = Deployment.Start();

    private Site Site => deployment.Services.GetRequiredService<SiteCatalog>().All[0];

    public void Dispose() => deployment.Dispose();

    [Fact]
    public async Task A_run_that_was_asked_for_is_followed_to_its_end()
    {
        await deployment.PublishFerriesAsync();

        using var answer = await PostAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var asked = await Deployment.JsonOf(answer);
        var id = asked.GetProperty("id").GetString();
        Assert.Equal(("gazette", "queued"), (asked.GetProperty("site").GetString(), asked.GetProperty("state").GetString()));
        Assert.False(asked.TryGetProperty("ended", out _));
        Assert.Equal($"/api/reindex/{id}?site=gazette", answer.Headers.Location?.ToString());
        await Waiting.UntilAsync(async () => await StateAsync(answer.Headers.Location!.ToString()) == "succeeded");
        var ended = await deployment.GetJsonAsync(answer.Headers.Location!.ToString(), Deployment.OpsKey);
        Assert.Equal((12, 12), (ended.GetProperty("total").GetInt32(), ended.GetProperty("done").GetInt32()));
        Assert.Empty(ended.GetProperty("errors").EnumerateArray());
        Assert.Equal(["started", "ended", "rate"], new[] { "started", "ended", "rate" }.Where(name => ended.TryGetProperty(name, out _)));
    }

    [Fact]
    public async Task Everything_is_made_anew_when_that_is_asked_for()
    {
        using var waiting = await PostAsync();
        using var whole = await deployment.SendAsync(HttpMethod.Post, "/api/reindex?whole=true", null, Deployment.OpsKey);
        using var wrong = await deployment.SendAsync(HttpMethod.Post, "/api/reindex?whole=perhaps", null, Deployment.OpsKey);

        Assert.False((await Deployment.JsonOf(waiting)).TryGetProperty("scope", out _));
        Assert.Equal("whole", (await Deployment.JsonOf(whole)).GetProperty("scope").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Asking_while_a_run_is_under_way_gives_that_one_and_it_is_worked_on_when_the_other_process_lets_go()
    {
        var other = await deployment.Services.GetRequiredService<LeaseTable>().TryTakeAsync(Site, "run");
        using var first = await PostAsync();
        using var second = await PostAsync();

        Assert.Equal((HttpStatusCode.Accepted, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal("queued", await StateAsync(first.Headers.Location!.ToString()));
        await other!.DisposeAsync();
        await Waiting.UntilAsync(async () => await StateAsync(first.Headers.Location!.ToString()) == "succeeded", deployment.Time);
    }

    [Fact]
    public async Task What_a_run_learned_and_measured_stands_in_its_answer()
    {
        var runs = deployment.Services.GetRequiredService<RunTable>();
        var run = await runs.StartAsync(Site);
        await runs.UpdateAsync(Site, run.Id, run => run.With([new("ranker.ndcg@5", 0.5), new("topics.macro-f1", 0.75), new("nothing", double.NaN)]) with { State = RunState.Succeeded, Ended = deployment.Time.GetUtcNow() });

        var figures = (await deployment.GetJsonAsync($"/api/reindex/{run.Id}", Deployment.OpsKey)).GetProperty("figures");

        Assert.Equal(["ranker.ndcg@5", "topics.macro-f1"], figures.EnumerateObject().Select(figure => figure.Name));
        Assert.Equal(0.75, figures.GetProperty("topics.macro-f1").GetDouble());
    }

    [Fact]
    public async Task A_run_whose_process_died_is_completed_by_the_next_sweep()
    {
        await deployment.PublishFerriesAsync();
        var reindexer = deployment.Services.GetRequiredService<Reindexer>();
        var begun = await reindexer.StartAsync(Site);
        await deployment.Services.GetRequiredService<RunTable>().UpdateAsync(Site, begun.Id, run => run with { State = RunState.Running, Started = deployment.Time.GetUtcNow(), Total = 12, Done = 3 });

        var report = await deployment.Services.GetRequiredService<JobRunner>().RunAsync(deployment.Services.GetServices<IJob>().Single(job => job.Name == "Sweep"), CancellationToken.None);

        Assert.Equal(["gazette: swept; 0 articles completed.", "gazette: looked at 4 lists; 4 of them are not complete.", $"gazette: run {begun.Id}: 4 articles in 0.0 s."], report.Lines);
        Assert.Equal("succeeded", await StateAsync($"/api/reindex/{begun.Id}"));
    }

    [Fact]
    public async Task A_run_is_paused_goes_on_and_is_cancelled()
    {
        await deployment.PublishFerriesAsync();
        var other = await deployment.Services.GetRequiredService<LeaseTable>().TryTakeAsync(Site, "run");
        using var asked = await PostAsync();
        var address = asked.Headers.Location!.ToString();

        // While another process is at it, it is asked; when nobody is, it is done.
        using var wish = await PostAsync(address, "pause");
        Assert.Equal((HttpStatusCode.Accepted, "queued", "pause"), (wish.StatusCode, await StateAsync(address), (await Deployment.JsonOf(wish)).GetProperty("asked").GetString()));
        await other!.DisposeAsync();
        using var paused = await PostAsync(address, "pause");
        Assert.Equal("paused", (await Deployment.JsonOf(paused)).GetProperty("state").GetString());
        using var again = await PostAsync();
        Assert.Equal("paused", (await Deployment.JsonOf(again)).GetProperty("state").GetString());

        using var resumed = await PostAsync(address, "resume");
        Assert.Equal("queued", (await Deployment.JsonOf(resumed)).GetProperty("state").GetString());
        await Waiting.UntilAsync(async () => await StateAsync(address) == "succeeded", deployment.Time);
        using var late = await PostAsync(address, "cancel");
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (late.StatusCode, late.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_makes_room_for_the_next()
    {
        await using var other = await deployment.Services.GetRequiredService<LeaseTable>().TryTakeAsync(Site, "Reindex");
        var run = await deployment.Services.GetRequiredService<Reindexer>().StartAsync(Site);

        using var cancelled = await PostAsync($"/api/reindex/{run.Id}", "cancel");

        Assert.Equal("cancelled", (await Deployment.JsonOf(cancelled)).GetProperty("state").GetString());
        Assert.Null(await deployment.Services.GetRequiredService<Reindexer>().FindActiveAsync(Site));
        using var missing = await PostAsync("/api/reindex/no-run", "pause");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("20260101T0000000000000-abcdef")]
    [InlineData("no-run")]
    [InlineData("active")]
    public async Task A_run_that_is_not_there_is_not_found(string run)
    {
        using var answer = await deployment.SendAsync(HttpMethod.Get, $"/api/reindex/{run}", null, Deployment.OpsKey);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_named()
    {
        using var post = await deployment.SendAsync(HttpMethod.Post, "/api/reindex?site=moon", null, Deployment.OpsKey);
        using var get = await deployment.SendAsync(HttpMethod.Get, "/api/reindex/any?site=moon", null, Deployment.OpsKey);

        Assert.Equal(["site"], await Deployment.WrongFields(post));
        Assert.Equal(["site"], await Deployment.WrongFields(get));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Deployment.CmsKey, HttpStatusCode.Forbidden)]
    [InlineData(Deployment.EditorKey, HttpStatusCode.Forbidden)]
    public async Task Only_operators_may_ask(string? key, HttpStatusCode refused)
    {
        using var post = await deployment.SendAsync(HttpMethod.Post, "/api/reindex", null, key);
        using var get = await deployment.SendAsync(HttpMethod.Get, "/api/reindex/any", null, key);

        Assert.Equal((refused, refused), (post.StatusCode, get.StatusCode));
        Assert.Null(await deployment.Services.GetRequiredService<Reindexer>().FindActiveAsync(Site));
    }

    private Task<HttpResponseMessage> PostAsync(string address, string verb) =>
        deployment.SendAsync(HttpMethod.Post, address.Split('?')[0] + "/" + verb, null, Deployment.OpsKey);

    private Task<HttpResponseMessage> PostAsync() => deployment.SendAsync(HttpMethod.Post, "/api/reindex", null, Deployment.OpsKey);

    private async Task<string?> StateAsync(string address) => (await deployment.GetJsonAsync(address, Deployment.OpsKey)).GetProperty("state").GetString();
}
