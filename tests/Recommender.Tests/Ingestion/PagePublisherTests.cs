using Recommender.Articles;
using Recommender.Ingestion;

namespace Recommender.Tests.Ingestion;

public sealed class PagePublisherTests : IAsyncLifetime
{
    private IngestionRoom room = null!;

    public async Task InitializeAsync() => room = await IngestionRoom.OpenAsync();

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task A_page_is_published_and_published_again_only_when_it_changed()
    {
        var url = room.Web.Url("/tide");
        room.Web.Answer("/tide", InventedPages.Article(url, "High tide", "the tide"), "text/html");

        var first = await PublishAsync("/tide?utm_source=mail");
        var again = await PublishAsync("/tide");
        room.Web.Answer("/tide", InventedPages.Article(url, "Higher tide", "the tide"), "text/html");
        var changed = await PublishAsync("/tide");

        Assert.Equal(
            [PublishOutcome.Created, PublishOutcome.Unchanged, PublishOutcome.Updated],
            new[] { first, again, changed }.Select(publication => publication.Result!.Outcome));
        Assert.Equal(("Higher tide", url), (Assert.Single(await room.ArticlesAsync()).Title, Assert.Single(await room.ArticlesAsync()).Url));
    }

    [Fact]
    public async Task A_page_whose_article_the_cms_pushed_keeps_its_id()
    {
        var url = room.Web.Url("/tide");
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Id = "cms-7", Url = url, Title = "Draft", Published = "2026-11-01T08:00:00Z" });
        room.Web.Answer("/tide", InventedPages.Article(url, "High tide", "the tide", published: null), "text/html");

        Assert.Equal("cms-7", (await PublishAsync("/tide")).Result!.Id);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), Assert.Single(await room.ArticlesAsync()).Published);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_page_that_is_gone_is_unpublished(int status)
    {
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Url = room.Web.Url("/old"), Title = "Old" });
        room.Web.AnswerStatus("/old", status);

        Assert.Equal(new PagePublication(null, Removed: true), await PublishAsync("/old"));
        Assert.Equal(new PagePublication(null, Removed: false), await PublishAsync("/old"));
        Assert.Empty(await room.ArticlesAsync());
    }

    [Fact]
    public async Task A_page_that_fails_stays_published()
    {
        await room.Publisher.PublishAsync(room.Site, new ArticleInput { Url = room.Web.Url("/old"), Title = "Old" });
        room.Web.AnswerStatus("/old", 500);

        await Assert.ThrowsAsync<SourceException>(() => PublishAsync("/old"));
        Assert.Single(await room.ArticlesAsync());
    }

    [Theory]
    [InlineData("tide")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("https://elsewhere.example/x")]
    public async Task An_address_outside_the_site_is_refused(string url) =>
        await Assert.ThrowsAsync<SourceException>(() => room.Get<PagePublisher>().PublishAsync(room.Site, url));

    [Fact]
    public async Task What_is_no_page_holds_no_article()
    {
        room.Web.Answer("/map.pdf", "%PDF-1.7"u8.ToArray(), "application/pdf");
        Assert.Contains("holds no article", (await Assert.ThrowsAsync<SourceException>(() => PublishAsync("/map.pdf"))).Message, StringComparison.Ordinal);
    }

    private Task<PagePublication> PublishAsync(string path) => room.Get<PagePublisher>().PublishAsync(room.Site, room.Web.Url(path));
}
