using Recommender.Changes;
using Recommender.MoreStories;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

public sealed class RecentCardsTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;
    private Newsroom reader = null!;
    private CountingStore store = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync([.. Enumerable.Range(1, 9).Select(Ferry), .. Enumerable.Range(1, 9).Select(Orchard)]);
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        reader = newsroom.OpenAnother(inner => store = new CountingStore(inner));
    }

    public async Task DisposeAsync()
    {
        await reader.DisposeAsync();
        await newsroom.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_nobody_asked_for_before_in_a_part_of_the_paper_that_is_read_takes_no_more_than_three_point_reads()
    {
        await WarmAsync();
        await reader.ListAsync("orchard-4");
        var expected = await newsroom.ListAsync("orchard-5", 8);
        (store.PointReads, store.Ranges) = (0, 0);

        var list = await reader.Lists.GetAsync(reader.Site, new ListRequest { Url = "https://gazette.example/orchard-5", Count = 8 });

        Assert.Equal(Ids(expected), Ids(list));
        Assert.InRange(store.PointReads, 1, 3);
        Assert.Equal(0, store.Ranges);
    }

    [Fact]
    public async Task What_was_taken_down_or_corrected_elsewhere_is_not_shown_as_it_was()
    {
        await WarmAsync();
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        await newsroom.PublishAsync(Ferry(3) with { Title = "Corrected: ferry crews vote" });
        newsroom.Time.Advance(TimeSpan.FromSeconds(1));

        var list = await reader.ListAsync("ferry-5", 8);

        Assert.DoesNotContain("ferry-2", Ids(list));
        Assert.Equal("Corrected: ferry crews vote", list.Items.Single(item => item.Card.Id == "ferry-3").Card.Title);
        Assert.Null(reader.Get<RecentCards>().Find(reader.Site, "ferry-2"));
    }

    [Fact]
    public async Task What_changes_while_they_are_read_is_not_among_them()
    {
        store.BeforeRange = async name =>
        {
            if (name == TableNames.Timeline && reader.Get<RecentCards>().Find(reader.Site, "ferry-1") is null)
            {
                store.BeforeRange = null;
                await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
                await reader.Get<ChangeFollower>().AnnounceAsync(reader.Site, new Change { Articles = ["ferry-2"] });
            }
        };
        await WarmAsync();

        Assert.Null(reader.Get<RecentCards>().Find(reader.Site, "ferry-2"));
    }

    private static IEnumerable<string> Ids(MoreStoriesList list) => list.Items.Select(item => item.Card.Id);

    // The first question sets the reading off, once the process has settled.
    private async Task WarmAsync()
    {
        await reader.ListAsync("ferry-1");
        Assert.Null(reader.Get<RecentCards>().Find(reader.Site, "orchard-5"));
        newsroom.Time.Advance(RecentCards.Settling);
        await reader.ListAsync("ferry-1");
        for (var waited = 0; reader.Get<RecentCards>().Find(reader.Site, "orchard-5") is null; waited++)
        {
            Assert.True(waited < 500, "They were not read.");
            await Task.Delay(10);
        }
    }

    private sealed class CountingStore(ITableStore store) : ITableStore
    {
        public int PointReads { get; set; }

        public int Ranges { get; set; }

        public Func<string, Task>? BeforeRange { get; set; }

        public string Description => store.Description;

        public ITable Table(string name) => new CountingTable(this, store.Table(name));

        public Task EnsureCreatedAsync(CancellationToken cancellation = default) => store.EnsureCreatedAsync(cancellation);

        private sealed class CountingTable(CountingStore owner, ITable table) : ITable
        {
            public string Name => table.Name;

            public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellation = default)
            {
                owner.PointReads++;
                return table.GetAsync(partitionKey, rowKey, cancellation);
            }

            public async Task<RowPage> QueryAsync(string partitionKey, RowRange range, int take, string? continuation = null, CancellationToken cancellation = default)
            {
                owner.Ranges++;
                await (owner.BeforeRange?.Invoke(Name) ?? Task.CompletedTask);
                return await table.QueryAsync(partitionKey, range, take, continuation, cancellation);
            }

            public Task<IReadOnlyList<string?>> SubmitAsync(string partitionKey, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) =>
                table.SubmitAsync(partitionKey, changes, cancellation);
        }
    }
}
