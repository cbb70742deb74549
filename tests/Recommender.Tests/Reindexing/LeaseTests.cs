using Microsoft.Extensions.Time.Testing;
using Recommender.Reindexing;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Reindexing;

public sealed class LeaseTests : IAsyncLifetime
{
    private const string Work = "poll";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private Newsroom newsroom = null!;
    private Newsroom other = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        other = newsroom.OpenAnother();
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await newsroom.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_who_want_a_lease_at_once_one_gets_it()
    {
        var tables = Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? newsroom : other).Get<LeaseTable>());

        var taken = await Task.WhenAll(tables.Select(table => Task.Run(() => table.TryTakeAsync(newsroom.Site, Work))));

        var winner = Assert.Single(taken.OfType<Lease>());
        Assert.False(winner.Lost.IsCancellationRequested);
        await winner.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_is_for_one_kind_of_work_of_one_site()
    {
        await using var held = await TakeAsync(newsroom);

        await using var otherWork = await other.Get<LeaseTable>().TryTakeAsync(newsroom.Site, "sweep");
        await using var otherSite = await other.Get<LeaseTable>().TryTakeAsync(newsroom.Site with { Id = "courier" }, Work);

        Assert.NotNull(otherWork);
        Assert.NotNull(otherSite);
        Assert.Null(await TakeAsync(other));
    }

    [Fact]
    public async Task Who_takes_a_lease_that_was_given_back_has_a_greater_fence()
    {
        var first = (await TakeAsync(newsroom))!;
        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var second = await TakeAsync(other);

        Assert.True(second!.Fence > first.Fence);
        Assert.False(second.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_holder_renews_for_as_long_as_it_works()
    {
        await using var held = await TakeAsync(newsroom);
        for (var round = 0; round < 12; round++)
        {
            var before = await ExpiresAsync();
            newsroom.Time.Advance(LeaseTable.RenewalInterval);
            await UntilAsync(async () => await ExpiresAsync() > before);
            Assert.Null(await TakeAsync(other));
        }

        Assert.False(held!.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_process_that_died_stands_in_the_way_for_a_term_and_no_longer()
    {
        await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes: 1));
        await using var held = await TakeAsync(dying);

        newsroom.Time.Advance(LeaseTable.Term - Second);
        Assert.Null(await TakeAsync(other));

        newsroom.Time.Advance(Second);
        await using var next = await TakeAsync(other);
        Assert.True(next!.Fence > held!.Fence);
    }

    [Fact]
    public async Task A_holder_that_cannot_renew_stops_before_another_can_begin()
    {
        await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes: 1));
        await using var held = await TakeAsync(dying);
        Assert.False(held!.Lost.IsCancellationRequested);

        newsroom.Time.Advance(LeaseTable.Term - LeaseTable.Margin);

        Assert.True(held.Lost.IsCancellationRequested);
        Assert.Null(await TakeAsync(other));
    }

    [Fact]
    public async Task An_outage_shorter_than_the_term_costs_nothing()
    {
        var outage = new Outage(newsroom.Store);
        await using var held = await new LeaseTable(outage, newsroom.Time).TryTakeAsync(newsroom.Site, Work);
        var first = await ExpiresAsync();

        outage.IsOn = true;
        newsroom.Time.Advance(LeaseTable.RenewalInterval);
        await UntilAsync(() => Task.FromResult(outage.Refused > 0));
        outage.IsOn = false;
        await UntilAsync(async () =>
        {
            newsroom.Time.Advance(Second);
            return await ExpiresAsync() > first;
        });

        Assert.False(held!.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Who_finds_another_in_its_place_stops_and_leaves_the_other_alone()
    {
        // A machine slept: its clock stood still while another's went on.
        var clock = new FakeTimeProvider(newsroom.Time.GetUtcNow());
        await using var sleeper = await new LeaseTable(newsroom.Store, clock).TryTakeAsync(newsroom.Site, Work);
        newsroom.Time.Advance(LeaseTable.Term);
        await using var next = await TakeAsync(other);

        clock.Advance(LeaseTable.RenewalInterval);
        await UntilAsync(() => Task.FromResult(sleeper!.Lost.IsCancellationRequested));
        await sleeper!.DisposeAsync();

        Assert.Null(await TakeAsync(newsroom));
        Assert.False(next!.Lost.IsCancellationRequested);
    }

    private static Task<Lease?> TakeAsync(Newsroom process) => process.Get<LeaseTable>().TryTakeAsync(process.Site, Work);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 1000, "It did not come about.");
            await Task.Delay(10);
        }
    }

    private async Task<DateTimeOffset> ExpiresAsync() =>
        (await other.Store.Table(TableNames.Runs).GetAsync(Keys.Join(newsroom.Site.Id, "leases"), Keys.Join(Work)))!.Time("Expires")!.Value;

    private sealed class Outage(ITableStore store) : ITableStore
    {
        private int refused;

        public bool IsOn { get; set; }

        public int Refused => refused;

        public string Description => store.Description;

        public ITable Table(string name) => new OutageTable(this, store.Table(name));

        public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

        private sealed class OutageTable(Outage owner, ITable table) : ITable
        {
            public string Name => table.Name;

            public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) =>
                owner.IsOn ? Refuse<TableRow?>() : table.GetAsync(partitionKey, rowKey, cancellation);

            public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) =>
                owner.IsOn ? Refuse<RowPage>() : table.QueryAsync(partitionKey, range, take, continuation, cancellation);

            public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) =>
                owner.IsOn ? Refuse<IReadOnlyList<string?>>() : table.SubmitAsync(partitionKey, changes, cancellation);

            private Task<T> Refuse<T>()
            {
                Interlocked.Increment(ref owner.refused);
                return Task.FromException<T>(new TableUnavailableException("The store does not answer."));
            }
        }
    }
}
