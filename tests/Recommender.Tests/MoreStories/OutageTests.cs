using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

/// <summary>What readers get while the store does not answer, and after.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;
    private Newsroom reader = null!;
    private FailingStore store = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        reader = newsroom.OpenAnother(inner => store = new FailingStore(inner));
    }

    public async Task DisposeAsync()
    {
        await reader.DisposeAsync();
        await newsroom.DisposeAsync();
    }

    [Fact]
    public async Task A_list_that_was_given_before_is_given_still()
    {
        var before = await reader.ListAsync("ferry-1");

        store.IsDown = true;
        newsroom.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(Ids(before), Ids(await reader.ListAsync("ferry-1")));
    }

    [Fact]
    public async Task Of_a_page_that_nobody_asked_for_before_nothing_can_be_said()
    {
        store.IsDown = true;

        await Assert.ThrowsAsync<TableUnavailableException>(() => reader.ListAsync("ferry-1"));
    }

    [Fact]
    public async Task After_it_everything_that_happened_meanwhile_is_seen()
    {
        await reader.ListAsync("ferry-1");
        store.IsDown = true;
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await reader.ListAsync("ferry-1");
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        await newsroom.PublishAsync(Ferry(4));
        await newsroom.Overrides.PutAsync(newsroom.Site, new Pin { Scope = OverrideScope.Page("ferry-1"), Target = "orchard-2", Slot = 1 }, OverrideCondition.None);

        store.IsDown = false;
        newsroom.Time.Advance(TimeSpan.FromSeconds(6));

        var ids = Ids(await reader.ListAsync("ferry-1"));
        Assert.Equal("orchard-2", ids[0]);
        Assert.Contains("ferry-4", ids);
        Assert.DoesNotContain("ferry-2", ids);
    }

    [Fact]
    public async Task What_was_taken_down_before_it_is_not_shown_again()
    {
        await reader.ListAsync("ferry-1", 10);
        await reader.Lists.LatestAsync(newsroom.Site, "harbour", 10);
        await reader.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");

        store.IsDown = true;

        Assert.Equal(["ferry-3"], Ids(await reader.ListAsync("ferry-1", 10)).Where(id => id.StartsWith("ferry", StringComparison.Ordinal)));
        Assert.Equal(["ferry-3", "ferry-1"], Ids(await reader.Lists.LatestAsync(newsroom.Site, "harbour", 10)));
        Assert.DoesNotContain("ferry-2", Ids(await reader.Lists.LatestAsync(newsroom.Site, null, 10)));
    }

    [Fact]
    public async Task One_story_that_changed_before_it_does_not_take_the_others_with_it()
    {
        // Neither their topic nor the newest of the site tell the cards of these, so each is read by itself.
        await newsroom.ImportAsync(Enumerable.Range(1, 3).Select(part => Ferry(part) with { Topics = [] }));
        await newsroom.ImportAsync(Enumerable.Range(10, 200).Select(i => Story($"filler-{i}", $"Notice {i} of the parish of number {i}", published: "2026-11-10T08:00:00Z")));
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["ferry-3", "ferry-2"], Ids(await reader.ListAsync("ferry-1", 2)));
        await newsroom.PublishAsync(Ferry(2) with { Topics = [], Title = "Island bakers count the cost of a silent harbour" });
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await reader.Lists.LatestAsync(newsroom.Site, null, 1);

        store.IsDown = true;

        Assert.StartsWith("ferry-3 filler-", string.Join(' ', Ids(await reader.ListAsync("ferry-1", 2))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_hangs_does_not_hold_readers_for_long()
    {
        var before = await reader.ListAsync("ferry-1");
        store.Hangs = true;
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));

        var asking = reader.ListAsync("ferry-1");
        while (!asking.IsCompleted)
        {
            newsroom.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(asking, Task.Delay(20));
        }

        Assert.Equal(Ids(before), Ids(await asking));
        store.Hangs = false;
        store.Wake();
    }

    [Fact]
    public async Task A_writer_is_told_that_the_store_is_down()
    {
        store.IsDown = true;
        await Assert.ThrowsAsync<TableUnavailableException>(() => reader.PublishAsync(Ferry(5)));

        store.IsDown = false;
        await reader.PublishAsync(Ferry(5));
        Assert.Contains("ferry-5", Ids(await reader.ListAsync("ferry-1")));
    }

    private static List<string> Ids(MoreStoriesList list) => [.. list.Items.Select(item => item.Card.Id)];
}
