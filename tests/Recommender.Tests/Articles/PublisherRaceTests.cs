using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Similarity;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Articles;

/// <summary>Several writers at once, and versions of one article in one import.</summary>
public sealed class PublisherRaceTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task In_one_import_a_feed_item_may_follow_the_move_of_its_article()
    {
        await newsroom.PublishAsync(Ferry(1));

        var results = await newsroom.ImportAsync(
            Ferry(1) with { Url = "https://gazette.example/moved" },
            Ferry(1) with { Id = null, Title = "Ferry crews vote again" },
            Ferry(2));

        Assert.Equal(
            [(PublishOutcome.Updated, "ferry-1"), (PublishOutcome.Updated, "ferry-1"), (PublishOutcome.Created, "ferry-2")],
            results.Select(result => (result.Outcome, result.Id!)));
        Assert.Equal("Ferry crews vote again", (await newsroom.Publisher.GetAsync(newsroom.Site, "ferry-1"))!.Title);
    }

    [Fact]
    public async Task In_one_import_an_article_may_take_the_url_that_another_leaves_before_it()
    {
        await newsroom.PublishAsync(Ferry(1));
        var moved = Ferry(1) with { Url = "https://gazette.example/moved" };
        var heir = Orchard(1) with { Url = Ferry(1).Url };

        Assert.Equal([PublishOutcome.Updated, PublishOutcome.Created], (await newsroom.ImportAsync(moved, heir)).Select(result => result.Outcome));

        Assert.Equal("orchard-1", await newsroom.Publisher.FindAsync(newsroom.Site, Ferry(1).Url!));
        Assert.Equal("ferry-1", await newsroom.Publisher.FindAsync(newsroom.Site, "https://gazette.example/moved"));
    }

    [Fact]
    public async Task In_one_import_a_url_is_not_free_before_it_is_left()
    {
        await newsroom.ImportAsync(Ferry(1), Orchard(1));
        var swap = new[] { Orchard(1) with { Url = Ferry(1).Url }, Ferry(1) with { Url = Orchard(1).Url } };

        Assert.Equal([PublishOutcome.Conflict, PublishOutcome.Conflict], (await newsroom.ImportAsync(swap)).Select(result => result.Outcome));

        var results = await newsroom.ImportAsync(Orchard(1) with { Url = Ferry(1).Url }, Ferry(1) with { Url = "https://gazette.example/moved" });
        Assert.Equal([PublishOutcome.Conflict, PublishOutcome.Updated], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task A_moved_article_answers_at_both_urls_until_another_takes_the_old_one()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1), Orchard(2));
        await newsroom.PublishAsync(Ferry(1) with { Url = "https://gazette.example/moved" });
        Assert.Equal("ferry-1", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = Ferry(1).Url })).Page);
        Assert.Equal("ferry-1", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "https://gazette.example/moved" })).Page);

        await newsroom.PublishAsync(Orchard(1) with { Url = Ferry(1).Url });

        Assert.Equal("orchard-1", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = Ferry(1).Url })).Page);
        Assert.Equal("ferry-1", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "https://gazette.example/moved" })).Page);
    }

    [Fact]
    public async Task An_article_may_come_back_under_its_id_at_another_url_and_leave_its_old_one_to_others()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-1");
        Assert.Null(await newsroom.Publisher.FindAsync(newsroom.Site, Ferry(1).Url!));

        await newsroom.PublishAsync(Ferry(1) with { Url = "https://gazette.example/again" });
        await newsroom.PublishAsync(Orchard(1) with { Url = Ferry(1).Url });

        Assert.Equal("ferry-1", await newsroom.Publisher.FindAsync(newsroom.Site, "https://gazette.example/again"));
        Assert.Equal("orchard-1", await newsroom.Publisher.FindAsync(newsroom.Site, Ferry(1).Url!));
        Assert.Equal("https://gazette.example/again", (await newsroom.ListAsync("ferry-2")).Items[0].Card.Url);
    }

    [Fact]
    public async Task A_slow_writer_does_not_leave_its_old_version_behind_a_faster_one()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        using var gate = new SemaphoreSlim(0);
        await using var slow = newsroom.OpenAnother(store => new PausingStore(store, TableNames.Timeline, gate));
        await using var fast = newsroom.OpenAnother();

        var older = slow.PublishAsync(Ferry(3) with { Title = "Ferry talks fail at dawn", Published = "2026-10-03T08:00:00Z", Topics = ["Islands"] });
        while (await fast.Publisher.GetAsync(newsroom.Site, "ferry-3") is null)
        {
            await Task.Delay(5);
        }

        await fast.PublishAsync(Ferry(3) with { Title = "Mediator saves the ferry talks", Published = "2026-10-04T08:00:00Z", Topics = ["Harbour"] });
        gate.Release(1_000);
        await older;
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));

        await AssertAgreesAsync("ferry-3", "Mediator saves the ferry talks", "harbour", "islands");
    }

    [Fact]
    public async Task A_slow_writer_does_not_bring_back_what_was_taken_down_meanwhile()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        using var gate = new SemaphoreSlim(0);
        await using var slow = newsroom.OpenAnother(store => new PausingStore(store, TableNames.Timeline, gate));

        var publishing = slow.PublishAsync(Ferry(3));
        while (!await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-3"))
        {
            await Task.Delay(5);
        }

        gate.Release(1_000);
        await publishing;

        await using var fresh = newsroom.OpenAnother();
        Assert.DoesNotContain("ferry-3", Ids(await fresh.Lists.LatestAsync(newsroom.Site, null, 20)));
        Assert.DoesNotContain("ferry-3", Ids(await fresh.ListAsync("ferry-1")));
        Assert.Null((await slow.Get<SiteIndexes>().GetAsync(newsroom.Site)).Find("ferry-3"));
        Assert.False((await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, "ferry-3"))!.Pending);
    }

    [Fact]
    public async Task Taking_down_an_article_that_is_being_changed_takes_it_down()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        var changed = 0;
        await using var other = newsroom.OpenAnother(store => new MeddlingStore(store, TableNames.Articles, async () =>
        {
            if (Interlocked.Increment(ref changed) == 1)
            {
                await newsroom.PublishAsync(Ferry(2) with { Title = "Island bakers count the cost" });
            }
        }));

        Assert.True(await other.Publisher.UnpublishAsync(newsroom.Site, "ferry-2"));

        Assert.True(changed > 1);
        await using var fresh = newsroom.OpenAnother();
        Assert.Null(await fresh.Publisher.GetAsync(newsroom.Site, "ferry-2"));
        Assert.DoesNotContain("ferry-2", Ids(await fresh.ListAsync("ferry-1")));
    }

    [Fact]
    public async Task Another_process_hears_of_a_publication_wherever_the_first_one_died()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await using var other = newsroom.OpenAnother();
        await other.PublishAsync(Orchard(1));
        async Task<bool> IsKnownAsync()
        {
            newsroom.Time.Advance(TimeSpan.FromSeconds(2));
            await other.ListAsync("ferry-1");
            return (await other.Get<SiteIndexes>().GetAsync(newsroom.Site)).Find("ferry-3") is not null;
        }

        var died = 0;
        for (var published = false; !published; died++)
        {
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, died));
            published = await Record.ExceptionAsync(() => dying.PublishAsync(Ferry(3))) is null;

            await using var next = newsroom.OpenAnother();
            await next.Publisher.RecoverAsync(newsroom.Site);
            Assert.Equal(await next.Publisher.GetAsync(newsroom.Site, "ferry-3") is not null, await IsKnownAsync());

            await next.Publisher.UnpublishAsync(newsroom.Site, "ferry-3");
            Assert.False(await IsKnownAsync());
        }

        Assert.True(died > 8, $"A publication is many writes, but only {died} could fail.");
    }

    [Fact]
    public async Task A_process_that_starts_does_not_cross_out_what_another_is_about_to_write()
    {
        await newsroom.PublishAsync(Ferry(1));
        using var gate = new SemaphoreSlim(0);
        var left = new DyingLater();
        await using var writer = newsroom.OpenAnother(store => new PausingStore(left.Wrap(store), TableNames.Articles, gate));
        var publishing = writer.PublishAsync(Ferry(2));
        while ((await newsroom.Get<Recommender.Changes.Journal>().OpenAsync(newsroom.Site)).Count == 0)
        {
            await Task.Delay(5);
        }

        await using (var starting = newsroom.OpenAnother())
        {
            await starting.PublishAsync(Orchard(1));
        }

        // The writer gets as far as its article's row, and dies.
        left.Writes = 1;
        gate.Release(1_000);
        await Assert.ThrowsAsync<TableUnavailableException>(() => publishing);
        await newsroom.Publisher.RecoverAsync(newsroom.Site);

        await using var fresh = newsroom.OpenAnother();
        Assert.NotNull(await fresh.Publisher.GetAsync(newsroom.Site, "ferry-2"));
        Assert.Contains("ferry-2", Ids(await fresh.Lists.LatestAsync(newsroom.Site, null, 20)));
        newsroom.Time.Advance(TimeSpan.FromHours(1));
        await newsroom.Publisher.RecoverAsync(newsroom.Site);
        Assert.Empty(await newsroom.Get<Recommender.Changes.Journal>().OpenAsync(newsroom.Site));
    }

    [Fact]
    public async Task Many_writers_of_one_article_leave_one_version_everywhere()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        var rooms = Enumerable.Range(0, 3).Select(_ => newsroom.OpenAnother()).ToList();

        await Task.WhenAll(rooms.SelectMany((room, i) => Enumerable.Range(0, 6).Select(version => Task.Run(() => (i + version) % 4 == 3
            ? room.Publisher.UnpublishAsync(newsroom.Site, "ferry-3")
            : room.PublishAsync(Ferry(3) with { Title = $"Harbour board {i} and ferry union {version} meet", Published = $"2026-10-{10 + version}T08:00:00Z", Topics = [$"Topic {i}"] })))));
        foreach (var room in rooms)
        {
            await room.DisposeAsync();
        }

        var stored = await newsroom.Get<ArticleTable>().GetAsync(newsroom.Site, "ferry-3");
        Assert.False(stored!.Pending);
        await using var fresh = newsroom.OpenAnother();
        Assert.Equal(stored.Article is null ? [] : [stored.Article.Title], (await fresh.Lists.LatestAsync(newsroom.Site, null, 20)).Items.Where(item => item.Card.Id == "ferry-3").Select(item => item.Card.Title));
        for (var topic = 0; topic < 3; topic++)
        {
            var cards = (await fresh.Lists.LatestAsync(newsroom.Site, $"topic-{topic}", 20)).Items;
            Assert.Equal(stored.Article?.Topics[0].Slug == $"topic-{topic}" ? [stored.Article.Title] : [], cards.Select(item => item.Card.Title));
        }
    }

    private async Task AssertAgreesAsync(string id, string title, string topic, string formerTopic)
    {
        await using var fresh = newsroom.OpenAnother();
        Assert.Equal(title, (await fresh.Publisher.GetAsync(newsroom.Site, id))!.Title);
        Assert.Equal([title], (await fresh.Lists.LatestAsync(newsroom.Site, null, 20)).Items.Where(item => item.Card.Id == id).Select(item => item.Card.Title));
        Assert.Contains(id, Ids(await fresh.Lists.LatestAsync(newsroom.Site, topic, 20)));
        Assert.DoesNotContain(id, Ids(await fresh.Lists.LatestAsync(newsroom.Site, formerTopic, 20)));
        Assert.Equal(title, (await fresh.ListAsync("ferry-1")).Items.Single(item => item.Card.Id == id).Card.Title);
    }

    private static IEnumerable<string> Ids(MoreStoriesList list) => list.Items.Select(item => item.Card.Id);
}
