using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommender.Functions.Access;
using Recommender.Functions.Triggers;
using Recommender.Sites;

namespace Recommender.Functions.Tests.Triggers;

/// <summary>The application inside another one that routes requests to functions first, as an isolated worker does.</summary>
public sealed class WorkerFrontTests : IAsyncLifetime
{
    private const string Key = "ms_the-key-of-the-content-management-system";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("worker-front-");
    private WebApplication worker = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Recommender:Store"] = $"sqlite:{Path.Combine(folder.FullName, "stories.db")}",
            ["Recommender:Sites:gazette:Name"] = "The Gazette",
            ["Access:Keys:0:Name"] = "cms",
            ["Access:Keys:0:Hash"] = ApiKey.Hash(Key),
            ["Access:Keys:0:Scopes:0"] = AccessServices.Articles,
        });
        WorkerFront.Configure(builder.Configuration);
        builder.Services.AddRecommenderApp(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<IJob, Failing>();
        worker = builder.Build();
        worker.Map("/{first}/{**rest}", (HttpRequest request, WorkerFront front) => front.AnswerAsync(request));
        await worker.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await worker.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_request_passes_the_whole_pipeline_whatever_route_led_to_it()
    {
        using var refused = await client.PutAsJsonAsync("/api/articles/strike", new { url = "https://gazette.example/strike" });
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));

        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        using var created = await client.PutAsJsonAsync("/api/articles/strike", new { url = "https://gazette.example/strike", title = "Ferry crews vote to strike" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("strike", (await client.GetFromJsonAsync<JsonElement>("/api/articles/strike")).GetProperty("id").GetString());

        using var list = await client.GetAsync("/api/latest");
        Assert.Equal("strike", (await list.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("id").GetString());
        Assert.NotNull(list.Headers.ETag);
        Assert.Equal("nosniff", list.Headers.GetValues("X-Content-Type-Options").Single());
        using var unknown = await client.GetAsync("/api/nothing");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_timer_runs_its_job_and_fails_when_the_job_does()
    {
        var front = worker.Services.GetRequiredService<WorkerFront>();
        await front.RunAsync("Sweep", CancellationToken.None);

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => front.RunAsync("Broom", CancellationToken.None));
        Assert.Equal("Broom failed. gazette: failed: The broom broke.", failure.Message);
    }

    [Fact]
    public async Task Timers_are_the_hosts_and_nobody_can_call_them()
    {
        Assert.Empty(worker.Services.GetServices<IHostedService>().OfType<Scheduler>());
        using var answer = await client.PostAsJsonAsync("/Sweep/", new { Data = new { }, Metadata = new { } });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Who_asked_stands_in_the_hosts_headers() => Assert.Equal(
        ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        worker.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders);

    private sealed class Failing : IJob
    {
        public string Name => "Broom";

        public Task RunAsync(Site site, Action<string> say, CancellationToken cancellation) => throw new InvalidOperationException("The broom broke.");
    }
}
