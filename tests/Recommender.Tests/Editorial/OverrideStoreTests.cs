using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial;

public sealed class OverrideStoreTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_pin_shows_at_once_and_leaves_at_once()
    {
        await PutAsync(PinOn("ferry-1", "orchard-1", 1));
        Assert.Equal(("orchard-1", Reason.Pinned), First(await newsroom.ListAsync("ferry-1")));

        await newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Page("ferry-1"), "pin", "01", OverrideCondition.None, "Ana");
        Assert.Equal(Reason.Similar, First(await newsroom.ListAsync("ferry-1")).Reason);
    }

    [Fact]
    public async Task A_pin_outside_its_window_is_ignored()
    {
        var now = newsroom.Time.GetUtcNow();
        await PutAsync(PinOn("ferry-1", "orchard-1", 1) with { From = now.AddHours(1), Until = now.AddHours(2) });

        Assert.NotEqual("orchard-1", First(await newsroom.ListAsync("ferry-1")).Id);
        newsroom.Time.SetUtcNow(now.AddHours(1));
        Assert.Equal("orchard-1", First(await newsroom.ListAsync("ferry-1")).Id);
        newsroom.Time.SetUtcNow(now.AddHours(2));
        Assert.NotEqual("orchard-1", First(await newsroom.ListAsync("ferry-1")).Id);
    }

    [Fact]
    public async Task A_block_holds_in_its_scope_only()
    {
        await PutAsync(new Block { Scope = OverrideScope.Page("ferry-1"), Target = "ferry-2", Author = "Ana" });
        await PutAsync(new Block { Scope = OverrideScope.Topic("countryside"), Target = "ferry-3", Author = "Ana" });

        Assert.DoesNotContain("ferry-2", Ids(await newsroom.ListAsync("ferry-1")));
        Assert.Contains("ferry-2", Ids(await newsroom.ListAsync("ferry-3")));
        Assert.Contains("ferry-3", Ids(await newsroom.ListAsync("ferry-1")));
        Assert.DoesNotContain("ferry-3", Ids(await newsroom.ListAsync("orchard-1")));

        await PutAsync(new Block { Scope = OverrideScope.Site, Target = "ferry-3", Author = "Ana" });
        Assert.DoesNotContain("ferry-3", Ids(await newsroom.ListAsync("ferry-1")));
        Assert.DoesNotContain("ferry-3", Ids(await newsroom.Lists.LatestAsync(newsroom.Site, null, 20)));
    }

    [Fact]
    public async Task A_boost_changes_the_order()
    {
        var before = Ids(await newsroom.ListAsync("ferry-1")).Take(2).ToList();

        await PutAsync(new Boost { Scope = OverrideScope.Page("ferry-1"), Target = before[1], Factor = 10, Author = "Ana" });

        Assert.Equal([before[1], before[0]], Ids(await newsroom.ListAsync("ferry-1")).Take(2));
    }

    [Fact]
    public async Task A_pinned_story_that_is_unpublished_is_skipped_and_comes_back()
    {
        await PutAsync(PinOn("ferry-1", "orchard-1", 1));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "orchard-1");
        Assert.DoesNotContain("orchard-1", Ids(await newsroom.ListAsync("ferry-1")));

        await newsroom.PublishAsync(Orchard(1));
        Assert.Equal("orchard-1", First(await newsroom.ListAsync("ferry-1")).Id);
    }

    [Fact]
    public async Task Another_process_follows()
    {
        await using var other = newsroom.OpenAnother();
        await other.ListAsync("ferry-1");

        await PutAsync(PinOn("ferry-1", "orchard-1", 1));
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("orchard-1", First(await other.ListAsync("ferry-1")).Id);
    }

    [Fact]
    public async Task Of_two_editors_with_the_same_version_the_second_is_told()
    {
        var first = await PutAsync(PinOn("ferry-1", "orchard-1", 1));
        await newsroom.Overrides.PutAsync(newsroom.Site, PinOn("ferry-1", "orchard-2", 1) with { Author = "Ben" }, OverrideCondition.Match(first.ETag!));

        var conflict = await Assert.ThrowsAsync<OverrideConflictException>(() =>
            newsroom.Overrides.PutAsync(newsroom.Site, PinOn("ferry-1", "ferry-3", 1), OverrideCondition.Match(first.ETag!)));
        Assert.Equal(("orchard-2", "Ben"), (conflict.Current!.Target, conflict.Current.Author));
        await Assert.ThrowsAsync<OverrideConflictException>(() => newsroom.Overrides.PutAsync(newsroom.Site, PinOn("ferry-1", "ferry-3", 1), OverrideCondition.Absent));
        await Assert.ThrowsAsync<OverrideConflictException>(() =>
            newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Page("ferry-1"), "pin", "01", OverrideCondition.Match(first.ETag!), "Ana"));
        Assert.Equal("orchard-2", First(await newsroom.ListAsync("ferry-1")).Id);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_newest_first()
    {
        await PutAsync(PinOn("ferry-1", "orchard-1", 1) with { Note = "Harvest week" });
        newsroom.Time.Advance(TimeSpan.FromDays(40));
        await PutAsync(PinOn("ferry-1", "orchard-2", 1) with { Author = "Ben" });
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Page("ferry-1"), "pin", "01", OverrideCondition.None, "Cem");

        var audit = newsroom.Get<AuditLog>();
        var entries = await audit.ListAsync(newsroom.Site, null, 10);
        Assert.Equal(
            [("Cem", "delete", "orchard-2", null), ("Ben", "put", "orchard-1", "orchard-2"), ("Ana", "put", null, "orchard-1")],
            entries.Select(entry => (entry.Author, entry.Action, entry.Before?.Target, entry.After?.Target)));
        Assert.Equal("Harvest week", entries[2].After!.Note);
        Assert.Equal(entries[2].Id, Assert.Single(await audit.ListAsync(newsroom.Site, entries[1].Time, 10)).Id);
        Assert.Single(await audit.ListAsync(newsroom.Site, null, 1));
    }

    [Fact]
    public async Task No_change_goes_without_its_audit_entry_wherever_the_process_dies()
    {
        for (var writes = 0; ; writes++)
        {
            var slot = writes + 1;
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes));
            var done = true;
            try
            {
                await dying.Overrides.PutAsync(newsroom.Site, PinOn("ferry-1", "orchard-1", slot), OverrideCondition.None);
            }
            catch (TableUnavailableException)
            {
                done = false;
            }

            await newsroom.Overrides.RecoverAsync(newsroom.Site);
            var isThere = (await newsroom.Overrides.ListAsync(newsroom.Site, OverrideScope.Page("ferry-1"))).OfType<Pin>().Any(pin => pin.Slot == slot);
            var isAudited = (await newsroom.Get<AuditLog>().ListAsync(newsroom.Site, null, 100)).Any(entry => entry.After is Pin pin && pin.Slot == slot);
            Assert.Equal(isThere, isAudited);
            if (done)
            {
                Assert.True(isThere && writes > 3);
                break;
            }
        }
    }

    [Fact]
    public async Task Overrides_keep_all_that_they_say()
    {
        var from = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
        Override[] rules =
        [
            new Pin { Scope = OverrideScope.Topic("harbour"), Target = "ferry-1", Slot = 7, From = from, Until = from.AddDays(1), Note = "a", Author = "Ana" },
            new Block { Scope = OverrideScope.Topic("harbour"), Target = "odd/id?#\\", Note = "b", Author = "Ben" },
            new Boost { Scope = OverrideScope.Topic("harbour"), Target = "ferry-2", Factor = 0.25, Author = "Cem" },
        ];
        foreach (var rule in rules)
        {
            await PutAsync(rule);
        }

        var stored = await newsroom.Overrides.ListAsync(newsroom.Site, OverrideScope.Topic("harbour"));
        Assert.Equal(rules, stored.Select(rule => rule with { ETag = null, Changed = default }));
        Assert.All(stored, rule => Assert.Equal(newsroom.Time.GetUtcNow(), rule.Changed));
    }

    private static Pin PinOn(string page, string target, int slot) => new() { Scope = OverrideScope.Page(page), Target = target, Slot = slot, Author = "Ana" };

    private Task<Override> PutAsync(Override rule) => newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);

    private static (string Id, Reason Reason) First(MoreStoriesList list) => (list.Items[0].Card.Id, list.Items[0].Reason);

    private static IEnumerable<string> Ids(MoreStoriesList list) => list.Items.Select(item => item.Card.Id);
}
