using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Recommender.Functions.Tests.Support;

namespace Recommender.Functions.Tests.Telemetry;

/// <summary>What is measured and traced arrives at a collector, over real OTLP.</summary>
[Collection(Alone)]
public sealed class ExportTests
{
    private const string Alone = "Alone in the process";

    [Fact]
    public async Task Metrics_and_traces_go_to_the_endpoint_that_is_configured()
    {
        await using var collector = await Collector.StartAsync();
        using (var deployment = Deployment.Start(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "200")))
        {
            await deployment.PublishFerriesAsync();
            await deployment.ListAsync("strike");
            await deployment.GetJsonAsync("/api/health/live");
            await Waiting.UntilAsync(() => collector.Has("/v1/metrics", "more_stories.lists") && collector.Has("/v1/metrics", "http.server.request.duration"));
        }

        await Waiting.UntilAsync(() => collector.Has("/v1/traces", "GET /api/more-stories"));
        Assert.True(collector.Has("/v1/metrics", "more-stories"));
        Assert.True(collector.Has("/v1/metrics", "more_stories.storage.duration"));
        Assert.True(collector.Has("/v1/metrics", "dotnet."));
        Assert.True(collector.Has("/v1/traces", "publish"));
        Assert.False(collector.Has("/v1/traces", "GET /api/health"));
    }

    [Fact]
    public async Task Metrics_traces_and_logs_go_to_application_insights_when_its_connection_string_is_there()
    {
        const string Track = "/v2.1/track";
        await using var collector = await Collector.StartAsync();
        using (var deployment = Deployment.Start(("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={collector.Address}/")))
        {
            await deployment.PublishFerriesAsync();

            // The exporter takes a sample of requests, so a single one may not be told of.
            await Waiting.UntilAsync(async () =>
            {
                await deployment.ListAsync("strike");
                return collector.Has(Track, "RequestData") && collector.Has(Track, "\"responseCode\":\"200\"");
            });
            await deployment.GetJsonAsync("/api/health/live");
        }

        // What was not sent yet is sent when the process ends.
        foreach (var expected in (string[])["more_stories.lists", "\"state\"", "more_stories.storage.duration", "\"ai.cloud.role\":\"more-stories\""])
        {
            await Waiting.UntilAsync(() => collector.Has(Track, expected));
        }

        Assert.False(collector.Has(Track, "GET /api/health"));
    }

    /// <summary>The exporter takes instruments of one name for one: another application that ends in this process would end them for this one too.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneInTheProcess;

    private sealed class Collector(WebApplication application, ConcurrentQueue<(string Path, string Text)> received) : IAsyncDisposable
    {
        public string Address => application.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var received = new ConcurrentQueue<(string, string)>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var application = builder.Build();
            application.Run(async context =>
            {
                var body = new MemoryStream();
                await using var content = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
                await content.CopyToAsync(body);
                received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
            await application.StartAsync();
            return new Collector(application, received);
        }

        public bool Has(string path, string text) => received.Any(request => request.Path == path && request.Text.Contains(text, StringComparison.Ordinal));

        public ValueTask DisposeAsync() => application.DisposeAsync();
    }
}
