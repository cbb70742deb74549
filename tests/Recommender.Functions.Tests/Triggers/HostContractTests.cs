using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Sites;

namespace Recommender.Functions.Tests.Triggers;

/// <summary>What the Functions host and its custom handler have agreed on.</summary>
public sealed class HostContractTests
{
    private const string Invocation = """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"Sweep","UtcNow":"2026-11-20T09:10:00Z"}}}""";

    [Fact]
    public async Task A_timer_is_answered_so_that_its_invocation_completes()
    {
        using var handler = StartHandler();

        using var answer = await handler.SendAsync(HttpMethod.Post, "/Sweep", Invocation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"Outputs":{},"Logs":["gazette: swept; 0 articles completed.","gazette: looked at""", text, StringComparison.Ordinal);
        Assert.EndsWith("""],"ReturnValue":null}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_timer_can_be_called()
    {
        using var handler = StartHandler();
        foreach (var manifest in FunctionManifest.ReadAll(FunctionManifest.Folder).Where(manifest => manifest.Trigger == FunctionManifest.Timer))
        {
            using var answer = await handler.SendAsync(HttpMethod.Post, $"/{manifest.Name}", Invocation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEmpty((await Deployment.JsonOf(answer)).GetProperty("Logs").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_reindex_by_timer_writes_the_lists_anew()
    {
        using var handler = StartHandler();
        await handler.PublishFerriesAsync();

        using var answer = await handler.SendAsync(HttpMethod.Post, "/Reindex", Invocation);

        var log = Assert.Single((await Deployment.JsonOf(answer)).GetProperty("Logs").EnumerateArray()).GetString();
        Assert.Matches("^gazette: run [0-9T]+-[0-9a-f]+: 4 articles in 0.0 s[.]$", log);
    }

    [Fact]
    public async Task A_job_that_fails_fails_its_invocation_and_says_for_which_site()
    {
        using var handler = StartHandler(new Failing("Sweep"), ("Recommender:Sites:courier:Name", "The Courier"));

        using var answer = await handler.SendAsync(HttpMethod.Post, "/Sweep", Invocation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await Deployment.JsonOf(answer);
        Assert.Equal("Sweep failed", problem.GetProperty("title").GetString());
        Assert.Equal("courier: failed: The broom broke.", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"Metadata":{}}""")]
    [InlineData("""{"Data":"timer"}""")]
    public async Task What_is_no_invocation_runs_nothing(string body)
    {
        using var handler = StartHandler(new Failing("Sweep"));

        using var answer = await handler.SendAsync(HttpMethod.Post, "/Sweep", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["body"], await Deployment.WrongFields(answer));
    }

    [Fact]
    public async Task Nobody_outside_this_machine_can_call_a_timer()
    {
        using var handler = StartHandler();

        using var answer = await handler.SendAsync(HttpMethod.Post, "/Sweep", Invocation, null, ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_host_timers_cannot_be_called_at_all_and_with_one_they_do_not_run_by_themselves()
    {
        using var alone = Deployment.Start();
        using var handler = StartHandler();

        using var answer = await alone.SendAsync(HttpMethod.Post, "/Sweep", Invocation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Single(alone.Services.GetServices<IHostedService>().OfType<Scheduler>());
        Assert.Empty(handler.Services.GetServices<IHostedService>().OfType<Scheduler>());
    }

    [Fact]
    public async Task A_handler_serves_requests_at_the_port_that_the_host_gave()
    {
        using var handler = StartHandler();
        Assert.Equal("healthy", (await handler.GetJsonAsync("/api/health/live")).GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Array, (await handler.GetJsonAsync("/api/more-stories?url=https://gazette.example/any")).GetProperty("items").ValueKind);
    }

    private static Deployment StartHandler(IJob? job = null, params (string, string?)[] changed) => Deployment.Start(
        services =>
        {
            if (job is not null)
            {
                services.Remove(services.Last(service => service.ServiceType == typeof(IJob) && service.ImplementationType?.Name == $"{job.Name}Job"));
                services.AddSingleton(job);
            }
        },
        [("FUNCTIONS_CUSTOMHANDLER_PORT", FreePort().ToString()), ("Triggers:Enabled", "true"), .. changed]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Failing(string name) : IJob
    {
        public string Name => name;

        public Task RunAsync(Site site, Action<string> say, CancellationToken cancellation) =>
            site.Id == "courier" ? throw new InvalidOperationException("The broom broke.") : Task.CompletedTask;
    }
}
