using Recommender.Clicks;
using Recommender.Tests.Support;

namespace Recommender.Tests.Clicks;

public sealed class ClickTableTests : IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Newsroom.Start.UtcDateTime);
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task Clicks_of_several_processes_add_up_before_and_after_a_sweep()
    {
        await using var other = newsroom.OpenAnother();
        for (var round = 0; round < 120; round++)
        {
            var room = round % 2 == 0 ? newsroom : other;
            room.Get<ClickCounter>().Add(newsroom.Site, new Click("a", "b", 1));
            room.Get<ClickCounter>().Add(newsroom.Site, new Click("a", $"c{round % 3}", 2));
            await room.Get<ClickCounter>().FlushAsync();
        }

        var before = await newsroom.Get<ClickTable>().OfAsync(newsroom.Site, Today);
        await newsroom.Get<ClickTable>().SweepAsync(newsroom.Site);
        await newsroom.Get<ClickTable>().SweepAsync(newsroom.Site);

        Assert.Equal([new("a", "b", 1, 120), new("a", "c0", 2, 40), new("a", "c1", 2, 40), new ClickCount("a", "c2", 2, 40)], before);
        Assert.Equal(before, await newsroom.Get<ClickTable>().OfAsync(newsroom.Site, Today));
        var rows = await newsroom.Store.Table(Recommender.Tables.TableNames.Clicks).QueryAsync(Recommender.Tables.Keys.Join(newsroom.Site.Id, "20261120"), Recommender.Tables.RowRange.All, 1000);
        Assert.Single(rows.Rows);
    }

    [Fact]
    public async Task What_was_flushed_is_not_counted_again_and_a_click_belongs_to_its_day()
    {
        var counter = newsroom.Get<ClickCounter>();
        counter.Add(newsroom.Site, new Click("a", "b", 1));
        await counter.FlushAsync();
        await counter.FlushAsync();
        newsroom.Time.Advance(TimeSpan.FromDays(1));
        counter.Add(newsroom.Site, new Click("a", "b", 1));
        await counter.FlushAsync();

        Assert.Equal([1, 1], new[] { await newsroom.Get<ClickTable>().OfAsync(newsroom.Site, Today), await newsroom.Get<ClickTable>().OfAsync(newsroom.Site, Today.AddDays(1)) }.Select(day => Assert.Single(day).Count));
    }

    [Fact]
    public async Task Old_days_are_deleted_and_younger_ones_are_evidence()
    {
        var table = newsroom.Get<ClickTable>();
        await table.AddAsync(newsroom.Site, Today, [new("a", "b", 1, 7)]);
        newsroom.Time.Advance(TimeSpan.FromDays(ClickTable.DaysKept - 1));
        await table.SweepAsync(newsroom.Site);
        Assert.Equal([new ClickCount("a", "b", 1, 7)], await newsroom.Get<ClickEvidence>().ReadAsync(newsroom.Site));

        newsroom.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await newsroom.Get<ClickEvidence>().ReadAsync(newsroom.Site));
        await table.SweepAsync(newsroom.Site);

        Assert.Empty(await table.OfAsync(newsroom.Site, Today));
    }

    [Fact]
    public void Nobody_fills_the_memory_with_clicks()
    {
        var counter = newsroom.Get<ClickCounter>();
        for (var i = 0; i < ClickCounter.MostKinds; i++)
        {
            Assert.True(counter.Add(newsroom.Site, new Click("a", $"{i}", 1)));
        }

        Assert.False(counter.Add(newsroom.Site, new Click("a", "one more", 1)));
        Assert.True(counter.Add(newsroom.Site, new Click("a", "0", 1)));
    }
}
