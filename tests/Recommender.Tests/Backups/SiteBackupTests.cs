using System.Text;
using Recommender.Backups;
using Recommender.Editorial;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Backups;

public sealed class SiteBackupTests : IAsyncLifetime
{
    private static readonly string[] Pages = ["ferry-1", "ferry-2", "ferry-3", "orchard-1", "orchard-2", "https://gazette.example/former", "nobody"];

    private Newsroom newsroom = null!;
    private Newsroom empty = null!;

    public async Task InitializeAsync()
    {
        (newsroom, empty) = (await Newsroom.OpenAsync(), await Newsroom.OpenAsync());
        await newsroom.PublishAsync(Ferry(2) with { Url = "https://gazette.example/former" });
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Ferry(4), Orchard(1), Orchard(2), Orchard(3));
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

        // After the reindex, so that what publishing did one by one is in the lists too.
        await newsroom.PublishAsync(Ferry(5));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "orchard-3");
        await PutAsync(new Pin { Scope = OverrideScope.Page("ferry-1"), Slot = 2, Target = "orchard-1", Until = Newsroom.Start.AddDays(1), Note = "Für \"Ines\" & <b>", Author = "Ana" });
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await PutAsync(new Block { Scope = OverrideScope.Topic("harbour"), Target = "ferry-4", Author = "Ben" });
        await PutAsync(new Boost { Scope = OverrideScope.Site, Target = "orchard-2", Factor = 2.5, Author = "Ana" });
        await PutAsync(new Block { Scope = OverrideScope.Page("never-indexed"), Target = "ferry-1", Author = "Cem" });
        await newsroom.Overrides.DeleteAsync(newsroom.Site, OverrideScope.Topic("harbour"), Block.Name, "ferry-4", OverrideCondition.None, "Ana");
        empty.Time.SetUtcNow(newsroom.Time.GetUtcNow());
    }

    public async Task DisposeAsync()
    {
        await newsroom.DisposeAsync();
        await empty.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_store_becomes_the_same_lists_overrides_and_audit()
    {
        var backup = await BackUpAsync(newsroom);
        var plan = await RestoreAsync(empty, backup);

        await AssertSameAsync(newsroom, empty);
        Assert.Equal((8, 3, 5), (plan.Counts.Articles, plan.Counts.Overrides, plan.Counts.AuditEntries));
        Assert.Equal((plan.Counts.Rows, 0, 0), (plan.Missing, plan.Different, plan.Extra));
        Assert.Equal("gazette", plan.Source);
        Assert.Equal(newsroom.Time.GetUtcNow(), plan.Created);
    }

    [Fact]
    public async Task What_was_restored_is_backed_up_the_same_again_and_restoring_it_again_writes_nothing()
    {
        var backup = await BackUpAsync(newsroom);
        await RestoreAsync(empty, backup);
        await using var deaf = empty.OpenAnother(store => new DyingStore(store, 1));

        var plan = await RestoreAsync(deaf, backup);

        Assert.Equal((0, 0, 0), (plan.Missing, plan.Different, plan.Extra));
        Assert.Equal(Encoding.UTF8.GetString(backup), Encoding.UTF8.GetString(await BackUpAsync(empty)));
    }

    [Fact]
    public async Task A_restore_that_died_anywhere_is_gone_on_with()
    {
        var backup = await BackUpAsync(newsroom);
        var died = 0;
        for (var writes = 0; ; writes += 7)
        {
            await using var dying = empty.OpenAnother(store => new DyingStore(store, writes));
            if (await Record.ExceptionAsync(() => RestoreAsync(dying, backup)) is null)
            {
                break;
            }

            died++;
            var plan = await PlanAsync(empty, backup);
            Assert.Equal((0, 0), (plan.Different, plan.Extra));
            Assert.True(plan.Missing < plan.Counts.Rows || writes == 0);
        }

        Assert.True(died > 2);
        await AssertSameAsync(newsroom, empty);
    }

    [Fact]
    public async Task Another_site_can_become_what_the_backup_says()
    {
        empty.Site = newsroom.Site with { Id = "gazette-2" };
        await RestoreAsync(empty, await BackUpAsync(newsroom));

        await AssertSameAsync(newsroom, empty);
        Assert.Empty(await empty.Publisher.AllAsync(newsroom.Site).ToListAsync());
    }

    [Fact]
    public async Task What_a_site_has_besides_is_counted_before_it_is_lost()
    {
        var backup = await BackUpAsync(newsroom);
        await RestoreAsync(empty, backup);
        await empty.PublishAsync(Ferry(6));
        await empty.PublishAsync(Orchard(1) with { Title = "Another headline for the late frost" });

        var plan = await PlanAsync(empty, backup);
        Assert.True(plan is { Overwrites: true, Missing: 0, Different: > 0, Extra: > 0 });
        Assert.NotNull(await empty.Publisher.GetAsync(empty.Site, "ferry-6"));

        await RestoreAsync(empty, backup);
        Assert.Null(await empty.Publisher.GetAsync(empty.Site, "ferry-6"));
        await AssertSameAsync(newsroom, empty);
    }

    [Fact]
    public async Task What_was_half_published_when_it_was_backed_up_is_completed_when_it_is_restored()
    {
        for (var writes = 1; ; writes++)
        {
            await using var source = await Newsroom.OpenAsync();
            await source.ImportAsync(Ferry(1), Ferry(2), Orchard(1));
            await using var dying = source.OpenAnother(store => new DyingStore(store, writes));
            var published = await Record.ExceptionAsync(() => dying.PublishAsync(Ferry(3))) is null;
            var backup = await BackUpAsync(source);
            await using var target = await Newsroom.OpenAsync();
            await RestoreAsync(target, backup);

            var listed = (await target.ListAsync("ferry-1")).Items.Any(item => item.Card.Id == "ferry-3" && item.Reason == Recommender.MoreStories.Reason.Similar);
            Assert.Equal(await target.Publisher.GetAsync(target.Site, "ferry-3") is not null, listed);
            if (published)
            {
                Assert.True(listed);
                Assert.True(writes > 6, $"A publication is many writes, but only {writes} could fail.");
                return;
            }
        }
    }

    [Fact]
    public async Task Somebody_who_writes_meanwhile_is_not_written_over()
    {
        var backup = await BackUpAsync(newsroom);
        await RestoreAsync(empty, backup);
        await empty.Overrides.DeleteAsync(empty.Site, OverrideScope.Site, Boost.Name, "orchard-2", OverrideCondition.None, "Dora");
        await using var other = empty.OpenAnother();
        await using var meddled = empty.OpenAnother(store => new MeddlingStore(store, Recommender.Tables.TableNames.Overrides, () => other.Overrides.PutAsync(
            empty.Site, new Boost { Scope = OverrideScope.Site, Target = "orchard-2", Factor = 3, Author = "Dora" }, OverrideCondition.None)));

        var failure = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(meddled, backup));

        Assert.StartsWith("Somebody else writes to this site meanwhile.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, Assert.IsType<Boost>(Assert.Single(await empty.Overrides.ListAsync(empty.Site, OverrideScope.Site))).Factor);
    }

    private Task<Override> PutAsync(Override rule) => newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);

    private static async Task<byte[]> BackUpAsync(Newsroom from)
    {
        using var backup = new MemoryStream();
        await from.Get<SiteBackup>().WriteAsync(from.Site, backup);
        return backup.ToArray();
    }

    private static Task<RestorePlan> PlanAsync(Newsroom to, byte[] backup) => to.Get<SiteRestore>().PlanAsync(to.Site, new MemoryStream(backup));

    private static async Task<RestorePlan> RestoreAsync(Newsroom to, byte[] backup)
    {
        var plan = await PlanAsync(to, backup);
        await to.Get<SiteRestore>().RestoreAsync(to.Site, new MemoryStream(backup), plan);
        return plan;
    }

    private static async Task AssertSameAsync(Newsroom expected, Newsroom actual)
    {
        await using var before = expected.OpenAnother();
        await using var after = actual.OpenAnother();
        foreach (var page in Pages)
        {
            foreach (var room in new[] { actual, after })
            {
                Assert.Equivalent(await GetAsync(before, page) with { Site = room.Site.Id }, await GetAsync(room, page), strict: true);
            }
        }

        foreach (var scope in new[] { OverrideScope.Page("ferry-1"), OverrideScope.Topic("harbour"), OverrideScope.Site, OverrideScope.Page("never-indexed") })
        {
            Assert.Equal(await OverridesAsync(before, scope), await OverridesAsync(after, scope));
        }

        Assert.Equal(await AuditAsync(before), await AuditAsync(after));
        Assert.Equal(5, (await AuditAsync(after)).Count);
    }

    private static Task<Recommender.MoreStories.MoreStoriesList> GetAsync(Newsroom room, string page) => room.Lists.GetAsync(
        room.Site, page.Contains(':', StringComparison.Ordinal) ? new() { Url = page, Count = 20 } : new() { Id = page, Count = 20 });

    private static async Task<List<Override>> OverridesAsync(Newsroom room, OverrideScope scope) =>
        [.. (await room.Overrides.ListAsync(room.Site, scope)).Select(rule => rule with { ETag = null })];

    private static Task<IReadOnlyList<AuditEntry>> AuditAsync(Newsroom room) => room.Get<AuditLog>().ListAsync(room.Site, null, 100);
}
