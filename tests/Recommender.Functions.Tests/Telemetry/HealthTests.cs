using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommender.Functions.Tests.Support;
using Recommender.Tables;

namespace Recommender.Functions.Tests.Telemetry;

public sealed class HealthTests
{
    [Fact]
    public async Task An_application_that_runs_is_alive_and_ready()
    {
        using var deployment = Deployment.Start();

        var ready = await deployment.GetJsonAsync("/api/health/ready");
        using var head = await deployment.SendAsync(HttpMethod.Head, "/api/health/ready");

        Assert.Equal("""{"status":"healthy"}""", (await deployment.GetJsonAsync("/api/health/live")).GetRawText());
        Assert.Equal("""{"status":"healthy","checks":[{"name":"store","status":"healthy","detail":"The store answers."},{"name":"sites","status":"healthy","detail":"1 site is configured."}]}""", ready.GetRawText());
        Assert.Equal((HttpStatusCode.OK, "no-store"), (head.StatusCode, head.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task Without_a_site_it_is_not_ready()
    {
        using var deployment = Deployment.Start(
            ("Recommender:Sites:gazette:Name", null), ("Recommender:Sites:gazette:Hosts:0", null), ("Recommender:Sites:gazette:AllowedOrigins:0", null), ("Recommender:Sites:gazette:TimeZone", null), ("Recommender:Sites:gazette:Threads", null));

        using var ready = await deployment.SendAsync(HttpMethod.Get, "/api/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("No site is configured.", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_does_not_answer_it_is_alive_but_not_ready_and_tells_no_secret()
    {
        using var deployment = Deployment.Start(services => services.Replace(ServiceDescriptor.Singleton<ITableStore>(new Silent())));

        using var live = await deployment.SendAsync(HttpMethod.Get, "/api/health/live");
        using var ready = await deployment.SendAsync(HttpMethod.Get, "/api/health/ready");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live.StatusCode, ready.StatusCode));
        var store = (await Deployment.JsonOf(ready)).GetProperty("checks")[0];
        Assert.Equal(("unhealthy", "The store does not answer."), (store.GetProperty("status").GetString(), store.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task While_a_store_that_answered_is_down_hot_pages_are_answered_and_it_is_degraded()
    {
        using var deployment = Deployment.Start(services => services.Replace(Interruptible.Around(services.Last(service => service.ServiceType == typeof(ITableStore)))));
        await deployment.PublishFerriesAsync();
        var before = await deployment.ListAsync("strike");
        Assert.Equal("healthy", (await deployment.GetJsonAsync("/api/health/ready")).GetProperty("status").GetString());

        var store = (Interruptible)deployment.Services.GetRequiredService<ITableStore>();
        store.IsDown = true;
        foreach (var _ in Enumerable.Range(0, 5))
        {
            deployment.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(before, await deployment.ListAsync("strike"));
            var ready = await deployment.GetJsonAsync("/api/health/ready");
            Assert.Equal(("degraded", "degraded"), (ready.GetProperty("status").GetString(), ready.GetProperty("checks")[0].GetProperty("status").GetString()));
        }

        using var unknown = await deployment.SendAsync(HttpMethod.Put, "/api/articles/late", Deployment.Story("late", "A late story"), Deployment.CmsKey);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);

        store.IsDown = false;
        Assert.Equal("healthy", (await deployment.GetJsonAsync("/api/health/ready")).GetProperty("status").GetString());
        Assert.Equal(before, await deployment.ListAsync("strike"));
    }

    // The store of production, which does not answer while it is down.
    private sealed class Interruptible(ITableStore store) : ITableStore
    {
        public bool IsDown { get; set; }

        public string Description => store.Description;

        public static ServiceDescriptor Around(ServiceDescriptor store) => ServiceDescriptor.Singleton<ITableStore>(provider =>
            new Interruptible((ITableStore)(store.ImplementationInstance ?? store.ImplementationFactory!(provider))));

        public ITable Table(string name) => new Rows(this, store.Table(name));

        public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

        private sealed class Rows(Interruptible owner, ITable table) : ITable
        {
            private ITable Table => owner.IsDown ? throw new TableUnavailableException("Nobody answers.") : table;

            public string Name => table.Name;

            public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) => Table.GetAsync(partitionKey, rowKey, cancellation);

            public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) =>
                Table.QueryAsync(partitionKey, range, take, continuation, cancellation);

            public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) =>
                Table.SubmitAsync(partitionKey, changes, cancellation);
        }
    }

    private sealed class Silent : ITableStore, ITable
    {
        public string Description => "silent";

        public string Name => "any";

        public ITable Table(string name) => this;

        public Task EnsureCreatedAsync(CancellationToken cancellation = default) => Task.CompletedTask;

        public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) => throw Unavailable();

        public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) => throw Unavailable();

        public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) => throw Unavailable();

        private static TableUnavailableException Unavailable() => new("The key of account s3cret is wrong.");
    }
}
