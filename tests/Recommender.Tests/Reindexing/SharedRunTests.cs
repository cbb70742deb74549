using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Reindexing;

/// <summary>Several processes at one run.</summary>
public sealed class SharedRunTests : IAsyncLifetime
{
    private const int Articles = 900;
    private readonly Offers offers = new();
    private Newsroom leader = null!;

    public async Task InitializeAsync()
    {
        leader = await Newsroom.OpenAsync(services => services.AddSingleton<IWorkQueue>(offers));
        await leader.ImportAsync(Enumerable.Range(0, Articles).Select(number => Stories.Ferry(number + 4) with
        {
            Id = $"ferry-{number}",
            Url = $"https://gazette.example/ferry-{number}",
            Published = $"20{10 + (number % 9)}-0{1 + (number % 7)}-11T08:00:00Z",
        }));

        // What was published a moment ago would be written twice, for clocks differ.
        leader.Time.Advance(TimeSpan.FromMinutes(1));
    }

    public async Task DisposeAsync() => await leader.DisposeAsync();

    [Fact]
    public async Task Blocks_are_offered_and_each_is_done_once_whoever_does_it()
    {
        var written = new ConcurrentDictionary<string, int>();
        await using var counting = leader.OpenAnother(store => new CountingStore(store, written));
        await using var first = leader.OpenAnother(store => new CountingStore(store, written));
        await using var second = leader.OpenAnother(store => new CountingStore(store, written));
        var run = await leader.Reindexer.StartAsync(leader.Site);
        var helped = 0;
        offers.Taken = (runId, stage, blocks) => Task.WhenAll(blocks.SelectMany(block => new[] { first, second }.Select(async helper =>
        {
            if (await helper.Reindexer.HelpAsync(leader.Site, runId, stage, block))
            {
                Interlocked.Increment(ref helped);
            }
        })));

        var ended = await counting.Reindexer.ExecuteAsync(leader.Site, run.Id);

        Assert.Equal((RunState.Succeeded, 3 * Articles, 3 * Articles), (ended.State, ended.Total, ended.Done));
        Assert.Equal([RunStage.Terms, RunStage.Places, RunStage.Lists], offers.Made.Select(offer => offer.Stage));
        Assert.Equal(4, offers.Made[0].Blocks.Count);
        Assert.True(helped > 0);
        Assert.Equal(Articles, written.Count);
        Assert.All(written, list => Assert.Equal(1, list.Value));
    }

    [Fact]
    public async Task Helped_or_not_the_lists_are_the_same()
    {
        await ReindexAsync();
        await ReindexAsync();
        var alone = await ListsAsync();
        await using var helper = leader.OpenAnother();
        offers.Taken = async (runId, stage, blocks) =>
        {
            foreach (var block in blocks.Where(block => block % 2 == 1))
            {
                Assert.True(await helper.Reindexer.HelpAsync(leader.Site, runId, stage, block));
            }
        };

        await ReindexAsync();

        Assert.Equal(alone, await ListsAsync());
    }

    [Fact]
    public async Task A_block_that_its_helper_left_is_done_by_the_leader()
    {
        var run = await leader.Reindexer.StartAsync(leader.Site);
        var table = leader.Get<RunBlockTable>();
        var now = leader.Time.GetUtcNow();
        offers.Taken = async (runId, stage, blocks) =>
        {
            if (stage is RunStage.Lists)
            {
                Assert.NotNull(await table.TryTakeAsync(leader.Site, runId, blocks[0], stage, "another machine", now, _ => false));
                Assert.NotNull(await table.TryTakeAsync(leader.Site, runId, blocks[1], stage, "another machine", now, _ => false));
            }
        };

        Assert.Equal(RunState.Succeeded, (await leader.Reindexer.ExecuteAsync(leader.Site, run.Id)).State);
        Assert.Equal(Articles, (await (await leader.Get<NeighbourTable>().NowAsync(leader.Site)).IdsAsync()).Count);
    }

    [Fact]
    public async Task Help_that_comes_late_does_nothing()
    {
        var run = await ReindexAsync();
        await using var helper = leader.OpenAnother();

        Assert.False(await helper.Reindexer.HelpAsync(leader.Site, run.Id, RunStage.Lists, 0));
        Assert.False(await helper.Reindexer.HelpAsync(leader.Site, "no-run", RunStage.Lists, 0));
    }

    private async Task<Run> ReindexAsync()
    {
        var run = await leader.Reindexer.ExecuteAsync(leader.Site, (await leader.Reindexer.StartAsync(leader.Site)).Id);
        Assert.Empty(run.Errors);
        return run;
    }

    private async Task<IReadOnlyList<string>> ListsAsync()
    {
        var lists = await leader.Get<NeighbourTable>().NowAsync(leader.Site);
        return await Task.WhenAll(Enumerable.Range(0, Articles).Select(async number => string.Join(' ', (await lists.GetAsync($"ferry-{number}"))!.Neighbours.Select(near => $"{near.Id} {near.Strength}"))));
    }

    private sealed class Offers : IWorkQueue
    {
        public List<(RunStage Stage, IReadOnlyList<int> Blocks)> Made { get; } = [];

        public Func<string, RunStage, IReadOnlyList<int>, Task> Taken { get; set; } = (_, _, _) => Task.CompletedTask;

        public async Task OfferAsync(Site site, string runId, RunStage stage, IReadOnlyList<int> blocks, CancellationToken cancellation)
        {
            Made.Add((stage, blocks));
            await Taken(runId, stage, blocks);
        }
    }

    /// <summary>Counts how often each list is written.</summary>
    private sealed class CountingStore(ITableStore store, ConcurrentDictionary<string, int> written) : ITableStore
    {
        public string Description => store.Description;

        public ITable Table(string name) => name == TableNames.Neighbours ? new CountingTable(store.Table(name), written) : store.Table(name);

        public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);
    }

    private sealed class CountingTable(ITable table, ConcurrentDictionary<string, int> written) : ITable
    {
        public string Name => table.Name;

        public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) => table.GetAsync(partitionKey, rowKey, cancellation);

        public Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default) =>
            table.QueryAsync(partitionKey, range, take, continuation, cancellation);

        public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
        {
            foreach (var change in changes.Where(change => change.Kind is RowChangeKind.Upsert))
            {
                written.AddOrUpdate(change.Row.RowKey, 1, (_, count) => count + 1);
            }

            return table.SubmitAsync(partitionKey, changes, cancellation);
        }
    }
}
