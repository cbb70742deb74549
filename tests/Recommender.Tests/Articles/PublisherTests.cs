using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Articles;

public sealed class PublisherTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_published_article_enters_its_own_list_and_the_lists_of_those_it_is_near()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1), Orchard(2));

        await newsroom.PublishAsync(Ferry(3));

        Assert.Equal(["ferry-1", "ferry-2"], SimilarIds(await newsroom.ListAsync("ferry-3")).Order());
        Assert.Contains("ferry-3", SimilarIds(await newsroom.ListAsync("ferry-1")));
        Assert.DoesNotContain("ferry-3", SimilarIds(await newsroom.ListAsync("orchard-1")));
    }

    [Fact]
    public async Task An_unpublished_article_is_gone_from_every_list_at_once()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3));
        Assert.Contains("ferry-2", Ids(await newsroom.ListAsync("ferry-1")));

        Assert.True(await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2"));

        Assert.DoesNotContain("ferry-2", Ids(await newsroom.ListAsync("ferry-1")));
        Assert.DoesNotContain("ferry-2", Ids(await newsroom.Lists.LatestAsync(newsroom.Site, "harbour", 20)));
        Assert.Null(await newsroom.Publisher.GetAsync(newsroom.Site, "ferry-2"));
        Assert.Null(await newsroom.Publisher.FindAsync(newsroom.Site, "https://gazette.example/ferry-2"));
        Assert.False(await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2"));
    }

    [Fact]
    public async Task An_unpublished_article_can_be_published_again()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");

        var again = await newsroom.Publisher.PublishAsync(newsroom.Site, Ferry(2));

        Assert.Equal(PublishOutcome.Created, again.Outcome);
        Assert.Contains("ferry-2", SimilarIds(await newsroom.ListAsync("ferry-1")));
    }

    [Fact]
    public async Task Publishing_the_same_again_changes_nothing()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        var before = await newsroom.ListAsync("ferry-1");

        var results = await newsroom.ImportAsync(Ferry(1), Ferry(2));

        Assert.All(results, result => Assert.Equal(PublishOutcome.Unchanged, result.Outcome));
        Assert.Equivalent(before, await newsroom.ListAsync("ferry-1"), strict: true);
    }

    [Fact]
    public async Task A_corrected_headline_shows_in_every_list()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await newsroom.ListAsync("ferry-1");

        await newsroom.PublishAsync(Ferry(2) with { Title = "Island bakers count the cost of a silent harbour" });

        Assert.Contains((await newsroom.ListAsync("ferry-1")).Items, item => item.Card.Title.StartsWith("Island bakers", StringComparison.Ordinal));
        Assert.Single((await newsroom.Lists.LatestAsync(newsroom.Site, null, 20)).Items, item => item.Card.Id == "ferry-2");
    }

    [Fact]
    public async Task An_article_that_changes_its_topic_and_date_leaves_its_old_places()
    {
        await newsroom.PublishAsync(Ferry(1));

        await newsroom.PublishAsync(Ferry(1) with { Topics = ["Politics"], Published = "2026-08-02T08:00:00Z" });

        Assert.Empty((await newsroom.Lists.LatestAsync(newsroom.Site, "harbour", 20)).Items);
        var moved = Assert.Single((await newsroom.Lists.LatestAsync(newsroom.Site, "politics", 20)).Items);
        Assert.Equal("August 2, 2026", moved.Date);
        Assert.Single((await newsroom.Lists.LatestAsync(newsroom.Site, null, 20)).Items);
    }

    [Fact]
    public async Task An_article_that_becomes_another_story_changes_its_company()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1), Orchard(2));

        await newsroom.PublishAsync(Orchard(3) with { Id = "ferry-2", Url = Ferry(2).Url, Title = "Frost over the islands' orchards" });

        Assert.DoesNotContain("ferry-2", SimilarIds(await newsroom.ListAsync("ferry-1")));
        Assert.Contains("ferry-2", SimilarIds(await newsroom.ListAsync("orchard-2")));
    }

    [Fact]
    public async Task Without_an_id_an_article_is_known_by_its_url()
    {
        var id = await newsroom.PublishAsync(Ferry(1) with { Id = null });

        var again = await newsroom.Publisher.PublishAsync(newsroom.Site, Ferry(1) with { Id = null, Url = "https://GAZETTE.example/ferry-1/?utm_source=mail#top", Title = "Changed" });

        Assert.Equal((PublishOutcome.Updated, id), (again.Outcome, again.Id));
        Assert.Equal(id, await newsroom.Publisher.FindAsync(newsroom.Site, "https://gazette.example/ferry-1"));
    }

    [Fact]
    public async Task A_feed_item_without_an_id_meets_the_article_that_the_cms_pushed()
    {
        await newsroom.PublishAsync(Ferry(1));

        var polled = await newsroom.Publisher.PublishAsync(newsroom.Site, Ferry(1) with { Id = null });

        Assert.Equal((PublishOutcome.Unchanged, "ferry-1"), (polled.Outcome, polled.Id));
    }

    [Fact]
    public async Task A_url_that_another_article_has_is_a_conflict()
    {
        await newsroom.PublishAsync(Ferry(1));

        var result = await newsroom.Publisher.PublishAsync(newsroom.Site, Orchard(1) with { Url = Ferry(1).Url });

        Assert.Equal(PublishOutcome.Conflict, result.Outcome);
        Assert.Equal("url", Assert.Single(result.Errors).Field);
        Assert.Null(await newsroom.Publisher.GetAsync(newsroom.Site, "orchard-1"));
    }

    [Fact]
    public async Task An_import_answers_in_order_and_goes_on_after_bad_lines()
    {
        var results = await newsroom.ImportAsync(Ferry(1), Ferry(2) with { Title = null }, Ferry(3), Ferry(1) with { Title = "Ferry crews vote again" });

        Assert.Equal(
            [PublishOutcome.Created, PublishOutcome.Invalid, PublishOutcome.Created, PublishOutcome.Updated],
            results.Select(result => result.Outcome));
        Assert.Equal("Ferry crews vote again", (await newsroom.Publisher.GetAsync(newsroom.Site, "ferry-1"))!.Title);
    }

    [Fact]
    public async Task Topics_that_differ_only_in_spelling_are_one()
    {
        await newsroom.ImportAsync(Ferry(1) with { Topics = ["Social Media"] }, Ferry(2) with { Topics = ["social-media", "SOCIAL MEDIA"] });

        Assert.Equal(2, (await newsroom.Lists.LatestAsync(newsroom.Site, "social-media", 20)).Items.Count);
    }

    [Fact]
    public async Task An_article_from_the_future_waits_for_its_time()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2) with { Published = "2026-11-20T10:00:00Z" });
        Assert.Empty((await newsroom.ListAsync("ferry-1")).Items);

        newsroom.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["ferry-2"], SimilarIds(await newsroom.ListAsync("ferry-1")));
    }

    [Fact]
    public async Task Another_process_sees_what_was_published_and_removed()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await using var other = newsroom.OpenAnother();
        Assert.Equal(["ferry-2"], SimilarIds(await other.ListAsync("ferry-1")));
        await other.PublishAsync(Orchard(1));

        await newsroom.PublishAsync(Ferry(3));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["ferry-3"], SimilarIds(await other.ListAsync("ferry-1")));
        await other.PublishAsync(Ferry(4));
        Assert.Equal(["ferry-1", "ferry-3"], SimilarIds(await other.ListAsync("ferry-4")).Order());
    }

    [Fact]
    public async Task A_process_that_dies_anywhere_in_a_publication_leaves_nothing_half_done()
    {
        await newsroom.ImportAsync(Ferry(1), Orchard(1));
        var died = 0;
        for (var writes = 0; ; writes++)
        {
            await newsroom.PublishAsync(Ferry(2) with { Title = $"Version before {writes}", Topics = ["Harbour"] });
            var dying = newsroom.OpenAnother(store => new DyingStore(store, writes));
            var published = true;
            try
            {
                await dying.PublishAsync(Ferry(2) with { Title = $"Version after {writes}", Topics = ["Islands"], Published = "2026-07-01T08:00:00Z" });
            }
            catch (TableUnavailableException)
            {
                (published, died) = (false, died + 1);
            }

            await dying.DisposeAsync();
            await using var next = newsroom.OpenAnother();
            await next.Publisher.RecoverAsync(newsroom.Site);

            var article = await next.Publisher.GetAsync(newsroom.Site, "ferry-2");
            var isNew = article!.Title == $"Version after {writes}";
            Assert.True(isNew || !published);
            var (topic, other) = isNew ? ("islands", "harbour") : ("harbour", "islands");
            Assert.Equal(article.Title, Assert.Single((await next.Lists.LatestAsync(newsroom.Site, topic, 20)).Items, item => item.Card.Id == "ferry-2").Card.Title);
            Assert.DoesNotContain("ferry-2", Ids(await next.Lists.LatestAsync(newsroom.Site, other, 20)));
            Assert.Equal(article.Title, Assert.Single((await next.ListAsync("ferry-1")).Items, item => item.Card.Id == "ferry-2").Card.Title);
            newsroom.Time.Advance(TimeSpan.FromSeconds(2));
            if (published)
            {
                break;
            }
        }

        Assert.True(died >= 8, $"A publication is many writes, but only {died} could fail.");
    }

    private static IEnumerable<string> Ids(MoreStoriesList list) => list.Items.Select(item => item.Card.Id);

    private static IEnumerable<string> SimilarIds(MoreStoriesList list) => list.Items.Where(item => item.Reason == Reason.Similar).Select(item => item.Card.Id);
}
