using Recommender.Articles;

namespace Recommender.Tests.Ingestion;

/// <summary>What vanishes from a sitemap. The articles are pushed, so that the sitemap only has to name them.</summary>
public sealed class SitemapPollingTests : IAsyncLifetime
{
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("The orchard keepers light their fires against the frost once more.", 12));

    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenAsync();

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task A_page_that_vanished_and_is_gone_is_unpublished_and_one_that_is_still_there_is_not()
    {
        await StartAsync(1, 2, 3);
        room.Web.Answer("/2", "<html><body>still here</body></html>", "text/html");
        room.Web.Answer("/sitemap.xml", Sitemap(1));

        var result = await room.PollAsync("/sitemap.xml");

        Assert.Equal((1, 0), (result.Removed, result.Errors.Count));
        Assert.Equal(["Story 1", "Story 2"], await TitlesAsync());
        room.Web.Remove("/2");
        room.Web.Answer("/sitemap.xml", Sitemap(1, 1));
        Assert.Equal(0, (await room.PollAsync("/sitemap.xml")).Removed);
    }

    [Fact]
    public async Task A_page_that_moved_to_another_of_the_sitemap_or_to_the_front_page_is_gone()
    {
        await StartAsync(1, 2, 3);
        room.Web.Answer("/1", "<html></html>", "text/html");
        room.Web.Answer("/", "<html></html>", "text/html");
        room.Web.AnswerStatus("/2", 301, ("Location", "/1"));
        room.Web.AnswerStatus("/3", 302, ("Location", "/"));
        room.Web.Answer("/sitemap.xml", Sitemap(1));

        Assert.Equal(2, (await room.PollAsync("/sitemap.xml")).Removed);
    }

    [Fact]
    public async Task A_page_that_cannot_be_checked_is_checked_again()
    {
        await StartAsync(1, 2);
        room.Web.AnswerStatus("/2", 500);
        room.Web.AnswerWithETag("/sitemap.xml", Sitemap(1), "\"one\"");
        Assert.Equal(0, (await room.PollAsync("/sitemap.xml")).Removed);

        room.Web.Remove("/2");
        Assert.Equal(1, (await room.PollAsync("/sitemap.xml")).Removed);
        Assert.True((await room.PollAsync("/sitemap.xml")).NotModified);
    }

    [Fact]
    public async Task Too_many_pages_that_vanish_at_once_are_a_fault()
    {
        await StartAsync([.. Enumerable.Range(1, 20)]);
        room.Web.AnswerWithETag("/sitemap.xml", Sitemap([.. Enumerable.Range(1, 9)]), "\"few\"");

        var result = await room.PollAsync("/sitemap.xml");
        Assert.Equal(0, result.Removed);
        Assert.Contains("11 of 20 pages have vanished", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Single((await room.PollAsync("/sitemap.xml")).Errors);
        Assert.Equal(20, (await TitlesAsync()).Count);

        room.Web.AnswerWithETag("/sitemap.xml", Sitemap([.. Enumerable.Range(1, 10)]), "\"half\"");
        Assert.Equal(10, (await room.PollAsync("/sitemap.xml")).Removed);
    }

    [Fact]
    public async Task A_sitemap_that_was_cut_off_or_lists_news_proves_nothing()
    {
        await StartAsync(1, 2, 3);
        room.Web.Answer("/1", "<html></html>", "text/html");
        room.Web.Answer("/sitemap.xml", Sitemap(1).Replace("</urlset>", "", StringComparison.Ordinal));
        Assert.Equal(0, (await room.PollAsync("/sitemap.xml")).Removed);

        room.Web.Answer("/sitemap.xml", Sitemap(1).Replace("</loc>", "</loc><n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><n:title>Story 1</n:title></n:news>", StringComparison.Ordinal));
        Assert.Equal(0, (await room.PollAsync("/sitemap.xml")).Removed);
        Assert.Equal(3, (await TitlesAsync()).Count);
    }

    [Fact]
    public async Task An_index_is_complete_only_with_all_its_sitemaps()
    {
        await PublishAsync(1, 2, 3, 4);
        room.Web.Answer("/index.xml", Index(("/a.xml", null), ("/b.xml", null)));
        room.Web.Answer("/a.xml", Sitemap(1, 2));
        room.Web.Answer("/b.xml", Sitemap(3, 4));
        await room.PollAsync("/index.xml");

        room.Web.Answer("/a.xml", Sitemap(1));
        room.Web.AnswerStatus("/b.xml", 500);
        var broken = await room.PollAsync("/index.xml");
        Assert.Equal((0, 1), (broken.Removed, broken.Errors.Count));

        room.Web.Answer("/b.xml", Sitemap(3, 4));
        Assert.Equal(1, (await room.PollAsync("/index.xml")).Removed);
        Assert.Equal(["Story 1", "Story 3", "Story 4"], await TitlesAsync());
    }

    [Fact]
    public async Task Sitemaps_that_the_index_says_are_unchanged_are_not_fetched_and_keep_their_pages()
    {
        await PublishAsync(1, 2, 3);
        room.Web.Answer("/index.xml", Index(("/a.xml", "2026-11-01"), ("/b.xml", "2026-11-01")));
        room.Web.Answer("/a.xml", Sitemap(1, 2));
        room.Web.Answer("/b.xml", Sitemap(3));
        await room.PollAsync("/index.xml");

        room.Web.Answer("/index.xml", Index(("/a.xml", "2026-11-02"), ("/b.xml", "2026-11-01")));
        room.Web.Answer("/a.xml", Sitemap(1));
        var result = await room.PollAsync("/index.xml");

        Assert.Equal((1, 0), (result.Removed, result.Errors.Count));
        Assert.Equal(["/index.xml", "/a.xml", "/b.xml", "/index.xml", "/a.xml", "/2"], room.Web.Requests);
    }

    private async Task StartAsync(params int[] numbers)
    {
        await PublishAsync(numbers);
        room.Web.Answer("/sitemap.xml", Sitemap(numbers));
        var result = await room.PollAsync("/sitemap.xml");
        Assert.Equal((0, 0), (result.Created, result.Errors.Count));
    }

    private async Task PublishAsync(params int[] numbers) => await room.Publisher.ImportAsync(room.Site, numbers.Select(number => new ArticleInput
    {
        Url = room.Web.Url($"/{number}"),
        Title = $"Story {number}",
        Body = Words,
        Published = "2026-11-01T08:00:00Z",
    }).ToAsyncEnumerable()).ToListAsync();

    private async Task<List<string>> TitlesAsync() => [.. (await room.ArticlesAsync()).Select(article => article.Title).Order(StringComparer.Ordinal)];

    private string Sitemap(params int[] numbers) =>
        $"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{string.Concat(numbers.Select(number => $"<url><loc>{room.Web.Url($"/{number}")}</loc></url>"))}</urlset>";

    private static string Index(params (string Path, string? Modified)[] sitemaps) =>
        $"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{string.Concat(sitemaps.Select(sitemap => $"<sitemap><loc>{sitemap.Path}</loc>{(sitemap.Modified is null ? "" : $"<lastmod>{sitemap.Modified}</lastmod>")}</sitemap>"))}</sitemapindex>";
}
