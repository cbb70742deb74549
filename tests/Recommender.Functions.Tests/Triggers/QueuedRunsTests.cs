using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers.Queues;
using Recommender.Reindexing;
using Recommender.Sites;
using Recommender.Tables.Azure;
using Recommender.Testing;

namespace Recommender.Functions.Tests.Triggers;

/// <summary>Behind a Functions host, runs that operators ask for go through a queue of the storage account.</summary>
public sealed class QueuedRunsTests : IClassFixture<QueuedRunsTests.Emulator>
{
    private readonly Emulator emulator;

    public QueuedRunsTests(Emulator emulator)
    {
        Azurite.SkipUnlessInstalled();
        this.emulator = emulator;
    }

    [SkippableFact]
    public async Task What_an_operator_asks_for_is_in_the_queue_and_the_host_has_it_done()
    {
        using var handler = StartHandler(emulator.ConnectionString);
        await handler.PublishFerriesAsync();
        var queue = AzureQueues.Connect(OrderQueue.Name, Configuration(emulator.ConnectionString))!;
        await queue.DeleteIfExistsAsync();
        var run = await AskAsync(handler);
        Assert.Equal("queued", await StateAsync(handler, run));

        var message = (await queue.ReceiveMessageAsync()).Value;
        using var answer = await handler.SendAsync(HttpMethod.Post, "/RunReindex", Invocation(JsonSerializer.Serialize(message.MessageText)));
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([$"gazette: run {run}: 4 articles."], (await LogsAsync(answer)));
        Assert.Equal("succeeded", await StateAsync(handler, run));

        // At least once: the same message again does nothing.
        using var again = await handler.SendAsync(HttpMethod.Post, "/RunReindex", Invocation(message.MessageText));
        Assert.Equal([$"gazette: run {run} has ended."], await LogsAsync(again));
        Assert.Null((await queue.ReceiveMessageAsync()).Value);
    }

    [SkippableFact]
    public async Task An_order_that_five_instances_could_not_carry_out_ends_its_run_and_makes_room_for_the_next()
    {
        using var handler = StartHandler(emulator.ConnectionString);
        var run = await AskAsync(handler);
        var order = JsonSerializer.Serialize(new { site = "gazette", run });

        using var answer = await handler.SendAsync(HttpMethod.Post, "/GiveUpReindex", Invocation(order));
        Assert.Equal([$"gazette: run {run} was given up."], await LogsAsync(answer));
        var ended = await handler.GetJsonAsync($"/api/reindex/{run}", Deployment.OpsKey);
        Assert.Equal(("failed", "It was given up: five instances in a row ended before it did."), (ended.GetProperty("state").GetString(), ended.GetProperty("errors")[0].GetString()));

        using var again = await handler.SendAsync(HttpMethod.Post, "/GiveUpReindex", Invocation(order));
        Assert.Equal([$"gazette: run {run} has ended, or another process is at it."], await LogsAsync(again));
        Assert.NotEqual(run, await AskAsync(handler));
    }

    [SkippableTheory]
    [InlineData("no order")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"site":"nowhere","run":"20261120T0900000000000-abcdef"}""")]
    public async Task What_is_no_order_fails_so_that_it_is_put_aside_and_is_let_go_there(string message)
    {
        using var handler = StartHandler(emulator.ConnectionString);

        using var refused = await handler.SendAsync(HttpMethod.Post, "/RunReindex", Invocation(message));
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Contains(message, (await Deployment.JsonOf(refused)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var dropped = await handler.SendAsync(HttpMethod.Post, "/GiveUpReindex", Invocation(message));
        Assert.Contains(message, Assert.Single(await LogsAsync(dropped)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task While_another_process_is_at_a_run_its_order_is_done_with()
    {
        using var handler = StartHandler(emulator.ConnectionString);
        var run = await AskAsync(handler);
        var site = handler.Services.GetRequiredService<SiteCatalog>().All[0];
        await using var lease = await handler.Services.GetRequiredService<LeaseTable>().TryTakeAsync(site, "run");
        Assert.NotNull(lease);

        foreach (var (function, line) in new[] { ("RunReindex", $"gazette: another process is at run {run}."), ("GiveUpReindex", $"gazette: run {run} has ended, or another process is at it.") })
        {
            using var answer = await handler.SendAsync(HttpMethod.Post, $"/{function}", Invocation(JsonSerializer.Serialize(new { site = "gazette", run })));
            Assert.Equal([line], await LogsAsync(answer));
        }
    }

    [SkippableFact]
    public async Task Blocks_of_a_large_run_are_offered_and_one_that_is_done_needs_no_help()
    {
        using var handler = StartHandler(emulator.ConnectionString);
        var queue = AzureQueues.Connect(OrderQueue.Name, Configuration(emulator.ConnectionString))!;
        await queue.DeleteIfExistsAsync();
        var offers = handler.Services.GetRequiredService<IWorkQueue>();
        var site = handler.Services.GetRequiredService<SiteCatalog>().All[0];
        var run = await handler.Services.GetRequiredService<Reindexer>().StartAsync(site);

        await offers.OfferAsync(site, run.Id, RunStage.Lists, [1, 2, 3], CancellationToken.None);
        await queue.CreateIfNotExistsAsync();
        Assert.Empty((await queue.ReceiveMessagesAsync(32)).Value);
        await offers.OfferAsync(site, run.Id, RunStage.Lists, [.. Enumerable.Range(0, 40)], CancellationToken.None);
        var messages = (await queue.ReceiveMessagesAsync(32)).Value.Concat((await queue.ReceiveMessagesAsync(32)).Value).Select(message => message.MessageText).ToList();

        Assert.Equal(40, messages.Distinct().Count());
        var order = JsonSerializer.Serialize(new { site = "gazette", run = run.Id, stage = "Lists", block = 7 });
        Assert.Contains(order, messages);
        using var answer = await handler.SendAsync(HttpMethod.Post, "/RunReindex", Invocation(order));
        Assert.Equal([$"gazette: run {run.Id} needs no help with block 7."], await LogsAsync(answer));
        using var givenUp = await handler.SendAsync(HttpMethod.Post, "/GiveUpReindex", Invocation(order));
        Assert.Equal([$"gazette: run {run.Id}: block 7 is left to the instance that leads it."], await LogsAsync(givenUp));
        await queue.DeleteIfExistsAsync();
    }

    [SkippableFact]
    public async Task A_queue_that_does_not_answer_leaves_the_run_to_this_process()
    {
        using var handler = StartHandler(emulator.ConnectionString.Replace(new Uri(emulator.Endpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{FreePort()}", StringComparison.Ordinal));
        await handler.PublishFerriesAsync();

        var run = await AskAsync(handler);

        await Waiting.UntilAsync(async () => await StateAsync(handler, run) == "succeeded");
    }

    [Fact]
    public void An_account_is_named_by_a_connection_string_or_an_address_and_without_one_there_is_no_queue()
    {
        Assert.Null(AzureQueues.Connect("q", Configuration("")));
        Assert.Null(AzureQueues.Connect("q", Configuration("no connection string")));
        Assert.Equal("https://news.queue.core.windows.net/q", Named(("AzureWebJobsStorage:accountName", "news")));
        Assert.Equal("https://news.queue.example/q", Named(("AzureWebJobsStorage:accountName", "news"), ("AzureWebJobsStorage:queueServiceUri", "https://news.queue.example/")));

        static string? Named(params (string Key, string? Value)[] settings) =>
            AzureQueues.Connect("q", new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build())?.Uri.AbsoluteUri;
    }

    private static Deployment StartHandler(string storage) =>
        Deployment.Start(("FUNCTIONS_CUSTOMHANDLER_PORT", $"{FreePort()}"), ("AzureWebJobsStorage", storage));

    private static IConfiguration Configuration(string storage) => new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", storage)]).Build();

    private static async Task<string> AskAsync(Deployment handler)
    {
        using var accepted = await handler.SendAsync(HttpMethod.Post, "/api/reindex", null, Deployment.OpsKey);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return (await Deployment.JsonOf(accepted)).GetProperty("id").GetString()!;
    }

    private static async Task<string?> StateAsync(Deployment handler, string run) => (await handler.GetJsonAsync($"/api/reindex/{run}", Deployment.OpsKey)).GetProperty("state").GetString();

    private static async Task<IEnumerable<string?>> LogsAsync(HttpResponseMessage answer) => (await Deployment.JsonOf(answer)).GetProperty("Logs").EnumerateArray().Select(line => line.GetString());

    private static string Invocation(string message) => JsonSerializer.Serialize(new { Data = new { order = message }, Metadata = new { DequeueCount = "1", sys = new { MethodName = "RunReindex" } } });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The emulator of queues.</summary>
    public sealed class Emulator : IAsyncLifetime
    {
        private Azurite? azurite;

        public string ConnectionString => azurite!.ConnectionString;

        public string Endpoint => azurite!.Endpoint;

        public async Task InitializeAsync() => azurite = Azurite.IsInstalled ? await Azurite.StartQueuesAsync() : null;

        public async Task DisposeAsync()
        {
            if (azurite is not null)
            {
                await azurite.DisposeAsync();
            }
        }
    }
}
