using Recommender.Articles;
using Recommender.Ingestion;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Ingestion;

public sealed class FeedPollerTests : IAsyncLifetime
{
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("The ferry crews of Brennan Sound sail again, and the islands celebrate.", 12));

    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenAsync();

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task New_and_changed_items_are_published_and_unchanged_ones_are_not()
    {
        room.Web.Answer("/feed", Feed(Item(1), Item(2)));
        var first = await room.PollAsync("/feed");
        room.Web.Answer("/feed", Feed(Item(1), Item(2, "A better headline"), Item(3)));
        var second = await room.PollAsync("/feed");

        Assert.Equal((2, 2, 0), (first.Items, first.Created, first.Updated));
        Assert.Equal((3, 1, 1), (second.Items, second.Created, second.Updated));
        Assert.Empty(second.Errors);
        Assert.Equal(["Story 1", "A better headline", "Story 3"], (await room.ArticlesAsync()).Select(article => article.Title));
    }

    [Fact]
    public async Task A_feed_that_says_it_has_not_changed_costs_one_request()
    {
        room.Web.AnswerWithETag("/feed", Feed(Item(1)), "\"a\"");

        Assert.False((await room.PollAsync("/feed")).NotModified);
        Assert.True((await room.PollAsync("/feed")).NotModified);
        room.Web.AnswerWithETag("/feed", Feed(Item(1), Item(2)), "\"b\"");
        Assert.Equal(1, (await room.PollAsync("/feed")).Created);
    }

    [Fact]
    public async Task The_same_bytes_are_unchanged_though_the_server_does_not_say_so()
    {
        room.Web.Answer("/feed", Feed(Item(1)));
        await room.PollAsync("/feed");
        Assert.True((await room.PollAsync("/feed")).NotModified);
    }

    [Fact]
    public async Task An_item_without_a_date_keeps_the_one_it_got_first()
    {
        room.Web.Answer("/1", "<html><body>Nothing more</body></html>", "text/html");
        room.Web.Answer("/feed", Feed(Item(1, date: null)));
        await room.PollAsync("/feed");
        var published = Assert.Single(await room.ArticlesAsync()).Published;
        room.Time.Advance(TimeSpan.FromHours(5));

        room.Web.Answer("/feed", Feed(Item(1, "Corrected", date: null), Item(2)));
        await room.PollAsync("/feed");

        var article = Assert.Single(await room.ArticlesAsync(), article => article.Title == "Corrected");
        Assert.Equal((room.Time.Start, published), (article.Published, article.Published));
    }

    [Fact]
    public async Task What_the_desk_unpublished_does_not_come_back_with_the_next_poll()
    {
        room.Web.Answer("/feed", Feed(Item(1), Item(2)));
        await room.PollAsync("/feed");
        var id = await room.Publisher.FindAsync(room.Site, room.Web.Url("/1"));
        await room.Publisher.UnpublishAsync(room.Site, id!);

        room.Web.Answer("/feed", Feed(Item(1), Item(2), Item(3)));
        await room.PollAsync("/feed");

        Assert.Equal(["Story 2", "Story 3"], (await room.ArticlesAsync()).Select(article => article.Title));
    }

    [Fact]
    public async Task A_feed_item_never_empties_a_fuller_body()
    {
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Id = "cms-1", Url = room.Web.Url("/1"), Title = "Story 1", Body = Words, Published = "2026-11-01T08:00:00Z" });
        room.Web.Answer("/1", "<html><body>Subscribe to read on</body></html>", "text/html");
        room.Web.Answer("/feed", Feed($"<item><title>Story 1, corrected</title><link>{room.Web.Url("/1")}</link><description>Short.</description><pubDate>2026-11-01T08:00:00Z</pubDate></item>"));

        var result = await room.PollAsync("/feed");

        var article = Assert.Single(await room.ArticlesAsync());
        Assert.Equal(("cms-1", "Story 1, corrected", Words), (article.Id, article.Title, article.Body));
        Assert.Equal(1, result.Updated);
    }

    [Fact]
    public async Task Bad_items_are_named_and_the_others_published()
    {
        room.Web.Answer("/feed", Feed("<item><title>Nowhere</title></item>", "<item><title>Elsewhere</title><link>https://elsewhere.example/x</link></item>", Item(3)));

        var result = await room.PollAsync("/feed");

        Assert.Equal((3, 1), (result.Items, result.Created));
        Assert.Equal(2, result.Errors.Count);
        Assert.Contains(result.Errors, error => error.Contains("no link", StringComparison.Ordinal));
        Assert.Contains(result.Errors, error => error.StartsWith("https://elsewhere.example/x", StringComparison.Ordinal) && error.Contains("no host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_fails_is_left_alone_longer_each_time_and_does_not_stop_the_others()
    {
        room.Web.AnswerStatus("/broken", 500);
        room.Web.Answer("/feed", Feed(Item(1)));
        room.Site = room.Site with { Feeds = [room.Web.Url("/broken"), room.Web.Url("/feed")] };
        var poller = room.Get<FeedPoller>();

        var results = await poller.PollAsync(room.Site);
        Assert.Contains("answered 500", Assert.Single(results[0].Errors), StringComparison.Ordinal);
        Assert.Equal(1, results[1].Created);

        var asked = new List<int>();
        for (var minute = 0; minute < 60; minute += 5)
        {
            await poller.PollAsync(room.Site);
            asked.Add(room.Web.Requests.Count(path => path == "/broken"));
            room.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4], asked);
        room.Time.Advance(TimeSpan.FromHours(6));
        room.Web.Answer("/broken", Feed(Item(2)));
        Assert.Equal(1, (await poller.PollAsync(room.Site))[0].Created);
    }

    [Fact]
    public async Task A_page_in_place_of_a_feed_is_an_error_that_names_the_feed()
    {
        room.Web.Answer("/feed", "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/real.xml'></head><body>", "text/html");
        Assert.Contains(room.Web.Url("/real.xml"), Assert.Single((await room.PollAsync("/feed")).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_that_dies_anywhere_loses_nothing()
    {
        var died = 0;
        for (var writes = 0; ; writes++)
        {
            room.Web.AnswerWithETag("/feed", Feed(Item(1, $"Version {writes}"), Item(2, $"Version {writes}")), $"\"{writes}\"");
            var dying = room.OpenAnother(store => new DyingStore(store, writes));
            var isComplete = true;
            try
            {
                await dying.PollAsync("/feed");
            }
            catch (TableUnavailableException)
            {
                (isComplete, died) = (false, died + 1);
            }

            await dying.DisposeAsync();
            await using var next = room.OpenAnother();
            var result = await next.PollAsync("/feed");

            Assert.Empty(result.Errors);
            Assert.Equal([$"Version {writes}", $"Version {writes}"], (await next.ArticlesAsync()).Select(article => article.Title));
            Assert.True((await next.PollAsync("/feed")).NotModified);
            room.Time.Advance(TimeSpan.FromSeconds(2));
            if (isComplete)
            {
                break;
            }
        }

        Assert.True(died >= 10, $"A poll is many writes, but only {died} could fail.");
    }

    [Fact]
    public async Task An_item_with_little_text_is_completed_from_its_page_under_its_own_title()
    {
        var url = room.Web.Url("/thin");
        room.Web.Answer("/thin", InventedPages.Article(url, "The page's headline", "the night ferry"), "text/html");
        room.Web.Answer("/feed", Feed($"<item><title>The feed's headline</title><link>{url}?utm_source=rss</link><description>Short.</description></item>"));

        var result = await room.PollAsync("/feed");

        var article = Assert.Single(await room.ArticlesAsync());
        Assert.Empty(result.Errors);
        Assert.Equal((url, "The feed's headline", "Short."), (article.Url, article.Title, article.Dek));
        Assert.Contains("the night ferry", article.Body, StringComparison.Ordinal);
        Assert.Equal((2026, 11, 15), (article.Published.Year, article.Published.Month, article.Published.Day));
        Assert.Equal(url + ".jpg", article.Image!.Url);
        Assert.True((await room.PollAsync("/feed")).NotModified);
        Assert.Single(room.Web.Requests, path => path.StartsWith("/thin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_beyond_what_one_poll_may_fetch_come_with_the_next()
    {
        await using var busy = await IngestionRoom.OpenAsync(("PagesPerPoll", "2"));
        var paths = Enumerable.Range(1, 5).Select(number => $"/p{number}").ToList();
        paths.ForEach(path => busy.Web.Answer(path, InventedPages.Article(busy.Web.Url(path), "Report " + path[1..], "the harbour"), "text/html"));
        busy.Web.AnswerWithETag("/sitemap.xml", Sitemap([.. paths.Select(busy.Web.Url)]), "\"s\"");

        var created = new List<int>();
        for (var poll = 0; poll < 4; poll++)
        {
            var result = await busy.PollAsync("/sitemap.xml");
            created.Add(result.NotModified ? -1 : result.Created);
        }

        Assert.Equal([2, 2, 1, -1], created);
        Assert.Equal(5, (await busy.ArticlesAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_fails_is_tried_again_later_while_its_headline_is_listed()
    {
        var url = room.Web.Url("/thin");
        room.Web.AnswerStatus("/thin", 502);
        room.Web.AnswerWithETag("/feed", Feed($"<item><title>Headline</title><link>{url}</link><pubDate>2026-11-10T08:00:00Z</pubDate></item>"), "\"1\"");

        Assert.Single((await room.PollAsync("/feed")).Errors);
        Assert.Equal("", Assert.Single(await room.ArticlesAsync()).Body);

        room.Web.Answer("/thin", InventedPages.Article(url, "Headline", "the lighthouse"), "text/html");
        Assert.Equal(0, (await room.PollAsync("/feed")).Updated);
        room.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, (await room.PollAsync("/feed")).Updated);
        Assert.Contains("the lighthouse", Assert.Single(await room.ArticlesAsync()).Body, StringComparison.Ordinal);
        Assert.True((await room.PollAsync("/feed")).NotModified);
    }

    [Fact]
    public async Task An_item_whose_page_is_gone_is_unpublished()
    {
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Url = room.Web.Url("/1"), Title = "Story 1", Body = "Old." });
        room.Web.Answer("/feed", Feed($"<item><title>Story 1</title><link>{room.Web.Url("/1")}</link></item>"));

        Assert.Equal(1, (await room.PollAsync("/feed")).Removed);

        Assert.Empty(await room.ArticlesAsync());
    }

    private string Item(int number, string? title = null, string? date = "2026-11-10T08:00:00Z") =>
        $"<item><title>{title ?? $"Story {number}"}</title><link>{room.Web.Url($"/{number}")}</link><description>{Words}</description>{(date is null ? "" : $"<pubDate>{date}</pubDate>")}</item>";

    private static string Feed(params string[] items) => $"<rss version='2.0'><channel><title>The Gazette</title>{string.Concat(items)}</channel></rss>";

    private static string Sitemap(params string[] urls) =>
        $"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{string.Concat(urls.Select(url => $"<url><loc>{url}</loc></url>"))}</urlset>";
}
