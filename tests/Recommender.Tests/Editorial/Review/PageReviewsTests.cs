using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review;
using Recommender.MoreStories;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial.Review;

public sealed class PageReviewsTests : IAsyncLifetime
{
    private static readonly OverrideScope Page = OverrideScope.Page("ferry-1");
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        newsroom.Site = newsroom.Site with { Count = 3 };
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Ferry(4), Ferry(5), Orchard(1), Orchard(2));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_review_without_operations_is_what_is_live()
    {
        var review = await ReviewAsync();

        Assert.Equal((await newsroom.ListAsync("ferry-1")).Items.Select(item => item.Card.Id), review.Draft.List.Items.Select(item => item.Card.Id));
        Assert.All(review.Movements, movement => Assert.Equal(0, movement.Up));
        Assert.Empty(review.Displaced);
        Assert.Empty(review.Warnings);
    }

    [Fact]
    public async Task A_pin_is_new_the_others_move_and_one_is_displaced_with_its_reason()
    {
        var live = (await newsroom.ListAsync("ferry-1")).Items;

        var review = await ReviewAsync(Operation.Put(new Pin { Scope = Page, Target = "orchard-1", Slot = 1 }));

        Assert.Equal(["orchard-1", live[0].Card.Id, live[1].Card.Id], review.Movements.Select(movement => movement.Item.Card.Id));
        Assert.Equal([null, 1, 2], review.Movements.Select(movement => movement.Before));
        Assert.Equal([0, -1, -1], review.Movements.Select(movement => movement.Up));
        var displaced = Assert.Single(review.Displaced);
        Assert.Equal((live[2].Card.Id, FateKind.Next, 1), (displaced.Item.Card.Id, displaced.Fate.Kind, displaced.Fate.Place!.Value));
        Assert.Equal(Reason.Similar, displaced.Item.Reason);
    }

    [Fact]
    public async Task What_is_blocked_says_so_and_the_next_moves_up()
    {
        var before = await ReviewAsync();
        var first = before.Live.List.Items[0].Card.Id;

        var review = await ReviewAsync(Operation.Put(new Block { Scope = OverrideScope.Site, Target = first, Author = "Ben" }));

        Assert.Equal(1, review.Movements[0].Up);
        Assert.Equal(before.Live.Next[0].Card.Id, review.Movements[2].Item.Card.Id);
        var fate = Assert.Single(review.Displaced).Fate;
        Assert.Equal("It is blocked everywhere, by Ben.", Sentences.WhyNot(fate, 3, TimeZoneInfo.Utc, Newsroom.Start, null));
    }

    [Fact]
    public async Task What_comes_next_is_what_a_longer_list_has()
    {
        var review = await ReviewAsync();
        var longer = await newsroom.ListAsync("ferry-1", 6);

        Assert.Equal(longer.Items.Skip(3).Select(item => item.Card.Id), review.Live.Next.Take(3).Select(item => item.Card.Id));
        Assert.Equal([4, 5, 6], review.Live.Next.Take(3).Select(item => item.Slot));
    }

    [Fact]
    public async Task The_list_can_be_seen_at_another_time()
    {
        var window = new Pin { Scope = Page, Target = "orchard-1", Slot = 1, From = Newsroom.Start.AddHours(5), Until = Newsroom.Start.AddHours(6) };

        Assert.NotEqual("orchard-1", (await ReviewAsync(Operation.Put(window))).Movements[0].Item.Card.Id);
        var later = await newsroom.Get<PageReviews>().ReviewAsync(newsroom.Site, new Draft { Page = "ferry-1", Operations = [Operation.Put(window)] }, Newsroom.Start.AddHours(5));
        Assert.Equal("orchard-1", later.Movements[0].Item.Card.Id);
    }

    [Fact]
    public async Task A_boost_and_evergreen_are_seen_before_they_are_published()
    {
        newsroom.Site = newsroom.Site with { Ranking = newsroom.Site.Ranking with { RecencyWeight = 0.5, HalfLife = TimeSpan.FromDays(1) } };
        var last = (await ReviewAsync()).Live.List.Items[^1].Card.Id;

        Assert.Equal(last, (await ReviewAsync(Operation.Put(new Boost { Scope = Page, Target = last, Factor = 10 }))).Movements[0].Item.Card.Id);
        Assert.Equal(last, (await ReviewAsync(Operation.Put(new Evergreen { Scope = OverrideScope.Site, Target = last }))).Movements[0].Item.Card.Id);
    }

    [Fact]
    public async Task A_pin_that_ranking_does_not_need_is_found()
    {
        var first = (await newsroom.ListAsync("ferry-1")).Items[0].Card.Id;

        Assert.Contains((await ReviewAsync(Operation.Put(new Pin { Scope = Page, Target = first, Slot = 1 }))).Warnings, warning => warning.Remedy == "Release");
        Assert.DoesNotContain((await ReviewAsync(Operation.Put(new Pin { Scope = Page, Target = first, Slot = 2 }))).Warnings, warning => warning.Remedy == "Release");
    }

    [Fact]
    public async Task The_list_of_a_text_that_is_not_published_is_that_of_the_article_it_becomes()
    {
        var text = Ferry(7) with { Id = null, Url = null };

        var preview = await newsroom.Get<TextPreview>().ListAsync(newsroom.Site, text);
        Assert.Null(await newsroom.Publisher.GetAsync(newsroom.Site, "draft-text"));
        await newsroom.PublishAsync(Ferry(7));

        Assert.Equal((await newsroom.ListAsync("ferry-7")).Items.Select(item => item.Card.Id), preview.List.Items.Select(item => item.Card.Id));
        Assert.All(preview.List.Items, item => Assert.StartsWith("ferry", item.Card.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_without_title_is_refused() => Assert.Equal(
        "title", Assert.Single((await Assert.ThrowsAsync<DraftInvalidException>(() => newsroom.Get<TextPreview>().ListAsync(newsroom.Site, new ArticleInput { Body = "Words" }))).Errors).Field);

    private Task<PageReview> ReviewAsync(params Operation[] operations) =>
        newsroom.Get<PageReviews>().ReviewAsync(newsroom.Site, new Draft { Page = "ferry-1", Operations = operations });
}
