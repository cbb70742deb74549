using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using Recommender.Deployment.Tests.Support;
using Recommender.Functions.Triggers;

namespace Recommender.Deployment.Tests.Publishing;

/// <summary>What <c>dotnet publish</c> gives is what a Functions host runs as it is.</summary>
public sealed class PublishedAppTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private const string Program = "Recommender.Functions";
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public void The_package_has_host_json_with_the_handler_and_a_folder_for_each_trigger_in_its_root()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, "host.json")));
        using var shared = JsonDocument.Parse(Repository.Read("host.json"));
        var handler = host.RootElement.GetProperty("customHandler");
        Assert.Equal(Program, handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        Assert.Equal("Microsoft.Azure.Functions.ExtensionBundle", host.RootElement.GetProperty("extensionBundle").GetProperty("id").GetString());
        Assert.All(shared.RootElement.EnumerateObject(), part => Assert.Equal(part.Value.GetRawText(), host.RootElement.GetProperty(part.Name).GetRawText()));
        Assert.Equal("", host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

        var inRoot = Directory.GetDirectories(app.Folder).Where(folder => File.Exists(Path.Combine(folder, "function.json"))).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(FunctionManifest.ReadAll(Repository.PathOf("src", "Recommender.Functions", "functions")).Select(manifest => manifest.Name), inRoot);
    }

    [Fact]
    public void The_program_may_be_run_brings_its_runtime_and_is_compiled_ahead()
    {
        var program = Path.Combine(app.Folder, Program);
        Assert.True(File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F'], File.ReadAllBytes(program)[..4]);
        Assert.True(File.Exists(Path.Combine(app.Folder, "libcoreclr.so")));
        using var runtime = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, $"{Program}.runtimeconfig.json")));
        Assert.True(runtime.RootElement.GetProperty("runtimeOptions").TryGetProperty("includedFrameworks", out _));
        foreach (var assembly in new[] { Program, "Recommender", "Recommender.Tables.Azure", "Azure.Data.Tables" })
        {
            using var image = new PEReader(File.OpenRead(Path.Combine(app.Folder, $"{assembly}.dll")));
            Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, assembly);
        }
    }

    [Fact]
    public async Task It_serves_requests_as_the_host_forwards_them_and_answers_timers_so_that_they_complete()
    {
        await using var handler = await app.StartAsync();

        using var put = new HttpRequestMessage(HttpMethod.Put, "/api/articles/ferry") { Content = Json("""{"url":"https://gazette.example/ferry","title":"Ferry crews vote to strike","body":"Night sailings."}""") };
        put.Headers.Add("X-Api-Key", Handler.Key);
        put.Headers.Add("X-Forwarded-For", "203.0.113.7");
        put.Headers.Add("X-Forwarded-Proto", "https");
        put.Headers.Add("X-Forwarded-Host", "func.example");
        using var created = await handler.Client.SendAsync(put);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var latest = JsonDocument.Parse(await handler.Client.GetStringAsync(new Uri("/api/latest", UriKind.Relative)));
        Assert.Equal("ferry", latest.RootElement.GetProperty("items")[0].GetProperty("id").GetString());

        using var answer = await handler.Client.PostAsync(new Uri("/Sweep", UriKind.Relative), Json(Invocation("Sweep")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"Outputs":{},"Logs":["gazette: swept; 0 articles completed.""", text, StringComparison.Ordinal);
        Assert.EndsWith("""],"ReturnValue":null}""", text, StringComparison.Ordinal);

        // A message of the queue, as the host hands it on: its text once more in JSON.
        var order = JsonSerializer.Serialize("""{"site":"gazette","run":"20261120T0900000000000-abcdef"}""");
        using var done = await handler.Client.PostAsync(new Uri("/RunReindex", UriKind.Relative), Json(Message(order)));
        Assert.Equal(
            (HttpStatusCode.OK, """{"Outputs":{},"Logs":["gazette: there is no run 20261120T0900000000000-abcdef any more."],"ReturnValue":null}"""),
            (done.StatusCode, await done.Content.ReadAsStringAsync()));
        using var poison = await handler.Client.PostAsync(new Uri("/RunReindex", UriKind.Relative), Json(Message("no order")));
        Assert.Equal(HttpStatusCode.InternalServerError, poison.StatusCode);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var handler = await app.StartAsync(("ASPNETCORE_URLS", "http://*:0"));
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == handler.Port).ToList();
        Assert.NotEmpty(listeners);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address), listener.ToString()));
    }

    [Fact]
    public async Task Told_to_end_it_completes_the_request_that_it_is_at()
    {
        await using var handler = await app.StartAsync();
        using var content = new SlowContent();
        using var import = new HttpRequestMessage(HttpMethod.Post, "/api/articles/import") { Content = content };
        import.Headers.Add("X-Api-Key", Handler.Key);
        var answering = handler.Client.SendAsync(import);
        await content.WriteLineAsync("""{"id":"one","url":"https://gazette.example/one","title":"One"}""");
        await Task.Delay(300);

        var ending = handler.TerminateAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(500);
        await content.WriteLineAsync("""{"id":"two","url":"https://gazette.example/two","title":"Two"}""");
        content.Complete();
        using var answer = await answering;
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (exitCode, took) = await ending;

        Assert.Equal(2, lines.Count(line => line.Contains("\"outcome\":\"created\"", StringComparison.Ordinal)));
        Assert.Equal(0, exitCode);
        Assert.True(took < ShutdownLimit, $"It took {took}.");
    }

    [Fact]
    public async Task A_job_that_would_take_longer_does_not_keep_it()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var feed = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/feed.xml";
        await using var handler = await app.StartAsync(
            ("Recommender__Sites__gazette__Feeds__0", feed), ("Ingestion__AllowPrivateAddresses", "true"), ("Ingestion__RespectRobots", "false"));
        var polling = handler.Client.PostAsync(new Uri("/PollFeeds", UriKind.Relative), Json(Invocation("PollFeeds")));
        using var asked = await silent.AcceptSocketAsync();

        var (_, took) = await handler.TerminateAsync(TimeSpan.FromSeconds(30));

        Assert.True(took < ShutdownLimit, $"It took {took}.");
        Assert.NotNull(await Record.ExceptionAsync(async () => (await polling).EnsureSuccessStatusCode()));
    }

    [Fact]
    public async Task Asked_for_its_health_it_says_whether_the_application_on_this_machine_is_ready()
    {
        await using var handler = await app.StartAsync();
        var program = Path.Combine(app.Folder, Program);

        var ready = await Command.RunAsync(new Dictionary<string, string?> { ["ASPNETCORE_HTTP_PORTS"] = $"{handler.Port}" }, program, "--health");
        var silent = await Command.RunAsync(new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = $"http://+:{Handler.FreePort()}" }, program, "--health");

        Assert.Equal(0, ready.ExitCode);
        Assert.Contains("\"status\":\"healthy\"", ready.Output, StringComparison.Ordinal);
        Assert.Equal(1, silent.ExitCode);
        Assert.StartsWith("It does not answer: ", silent.Errors, StringComparison.Ordinal);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    // As the documentation of custom handlers gives it.
    private static string Message(string text) => JsonSerializer.Serialize(new
    {
        Data = new { order = text },
        Metadata = new
        {
            DequeueCount = "1",
            ExpirationTime = "2026-11-27T09:10:00+00:00",
            Id = "5f0a1c1e-6a4e-4f0c-9f5e-0a4c0f4d8a12",
            InsertionTime = "2026-11-20T09:10:00+00:00",
            NextVisibleTime = "2026-11-20T09:20:00+00:00",
            PopReceipt = "AgAAAAMAAAAAAAAAAgtnj8x+1QE=",
            sys = new { MethodName = "RunReindex", UtcNow = "2026-11-20T09:10:00.1Z", RandGuid = "0f0a1c1e-6a4e-4f0c-9f5e-0a4c0f4d8a13" },
        },
    });

    private static string Invocation(string name) => $$"""
        {
          "Data": { "timer": {
            "Schedule": { "AdjustForDST": true },
            "ScheduleStatus": { "Last": "2026-11-20T09:05:00+00:00", "LastUpdated": "2026-11-20T09:05:00+00:00", "Next": "2026-11-20T09:10:00+00:00" },
            "IsPastDue": false } },
          "Metadata": { "sys": { "MethodName": "{{name}}", "UtcNow": "2026-11-20T09:10:00.1Z", "RandGuid": "0f0a1c1e-6a4e-4f0c-9f5e-0a4c0f4d8a11" } }
        }
        """;

    /// <summary>A request's body that comes line by line.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task WriteLineAsync(string line)
        {
            var stream = await opened.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            await stream.FlushAsync();
        }

        public void Complete() => completed.SetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            opened.SetResult(stream);
            return completed.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
