using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;
using Recommender.Editorial.Review;
using Recommender.MoreStories;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Editorial.Review;

public sealed class AbsenceSearchTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        newsroom.Site = newsroom.Site with { Count = 2 };
        await newsroom.ImportAsync([.. Enumerable.Range(1, 6).Select(Ferry), Orchard(1), Orchard(2)]);
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task What_is_in_the_list_or_comes_next_is_told_with_its_place()
    {
        var list = await newsroom.ListAsync("ferry-1", 4);

        Assert.Equal("It is in the list, in slot 2.", await WhyAsync(list.Items[1].Card.Id));
        Assert.Equal("It is below the cut: number 1 of those that come next.", await WhyAsync(list.Items[2].Card.Url + "?utm_source=desk"));
    }

    [Fact]
    public async Task What_is_ranked_far_below_is_told_with_its_rank()
    {
        await newsroom.ImportAsync(Enumerable.Range(10, 18).Select(part => Ferry(part) with { Title = $"Brennan Sound ferry crews, diary of week {part}", Body = $"{Ferry(4).Body} Entry number {part} of keeper {part * 7919} speaks of gull {part * 104729}." }));
        var traced = await newsroom.Lists.TraceAsync(newsroom.Site, new ListRequest { Id = "ferry-1" });
        var (id, fate) = traced.Fates.First(entry => entry.Value is { Kind: FateKind.Ranked, Rank: not null });

        Assert.StartsWith($"It is ranked {fate.Rank}", await WhyAsync(id), StringComparison.Ordinal);
        Assert.EndsWith("; the list has 2 slots.", await WhyAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_itself_and_what_nobody_knows_are_told()
    {
        Assert.Equal("It is this page itself.", await WhyAsync("ferry-1"));
        Assert.Equal("It is this page itself.", await WhyAsync("https://gazette.example/ferry-1"));
        Assert.Equal("Nobody indexed it: there is no article of that URL or id.", await WhyAsync("https://gazette.example/nowhere"));
        Assert.Equal("Nobody indexed it: there is no article of that URL or id.", await WhyAsync("  "));
    }

    [Fact]
    public async Task What_was_taken_down_is_told_with_when()
    {
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        newsroom.Time.Advance(TimeSpan.FromHours(5));

        Assert.Equal("It was taken down 5 h ago: Fri 20 Nov 2026 09:00 +00:00, 09:00 UTC, 5 h ago.", await WhyAsync("ferry-2"));
    }

    [Fact]
    public async Task What_is_not_published_yet_waits()
    {
        await newsroom.PublishAsync(Ferry(9) with { Published = "2026-11-20T12:00:00Z" });

        Assert.Contains("waits until Fri 20 Nov 2026 12:00 +00:00", await WhyAsync("ferry-9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_is_told_with_who_and_where_published_or_drafted()
    {
        var block = new Block { Scope = OverrideScope.Topic("harbour"), Target = "ferry-2", Author = "Ben" };
        Assert.Equal("It is blocked in the topic harbour, by Ben.", await WhyAsync("ferry-2", new ListRequest { Id = "ferry-1", Overlay = new OverrideOverlay([Operation.Put(block)], Newsroom.Start) }));

        await newsroom.Overrides.PutAsync(newsroom.Site, block, OverrideCondition.None);
        Assert.Equal("It is blocked in the topic harbour, by Ben.", await WhyAsync("ferry-2"));
    }

    [Fact]
    public async Task What_is_buried_and_what_is_excluded_are_told()
    {
        await newsroom.Overrides.PutAsync(newsroom.Site, new Boost { Scope = OverrideScope.Site, Target = "ferry-2", Factor = 0, Author = "Ben" }, OverrideCondition.None);

        Assert.EndsWith("it is buried (× 0) everywhere, by Ben.", await WhyAsync("ferry-2"), StringComparison.Ordinal);
        Assert.Equal("It is on the page already.", await WhyAsync("ferry-3", new ListRequest { Id = "ferry-1", Exclude = ["https://gazette.example/ferry-3"] }));
    }

    [Fact]
    public async Task Another_language_is_told()
    {
        await newsroom.PublishAsync(Ferry(9) with { Language = "de" });

        Assert.Equal("It is in another language than this page.", await WhyAsync("ferry-9"));
    }

    [Fact]
    public async Task What_is_neither_like_the_page_nor_new_is_told()
    {
        await newsroom.ImportAsync(Enumerable.Range(0, 110).Select(i => Story($"filler-{i}", $"Council paper number {i}", $"Minutes {i * 31} of committee {i * 17}", $"2026-11-1{i % 9}T08:00:00Z")));
        await newsroom.PublishAsync(Story("alone", "Xylophone quartet plays Zwolle", "Quixotic marimba.", "2020-01-01T08:00:00Z"));

        Assert.StartsWith("It is too little like this page to be among its neighbours, and too old (6 years ago)", (await WhyAsync("alone")).Replace("2514 d ago", "6 years ago", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_older_stories_are_told()
    {
        newsroom.Site = newsroom.Site with { Ranking = newsroom.Site.Ranking with { OnlyOlder = true } };

        Assert.Equal("It is newer than this page, and only older stories are chosen.", await WhyAsync("ferry-2"));
    }

    [Fact]
    public async Task What_repeats_another_names_it()
    {
        await newsroom.PublishAsync(Ferry(2) with { Id = "copy", Url = "https://gazette.example/copy", Published = "2026-10-07T08:00:00Z" });

        var sentences = new[] { await WhyAsync("copy"), await WhyAsync("ferry-2") };
        Assert.Single(sentences, sentence => sentence == $"It repeats “{Ferry(2).Title}”, which comes before it.");
    }

    [Fact]
    public void A_running_story_that_is_shown_by_another_names_it() => Assert.Equal(
        "It tells the same running story as “Ferries sail”, and each running story is shown once.",
        Sentences.WhyNot(
            new Fate(FateKind.SameThread) { Other = new ArticleCard { Id = "a", Url = "https://gazette.example/a", Title = "Ferries sail", Published = Newsroom.Start, Language = "en" } },
            4, TimeZoneInfo.Utc, Newsroom.Start, null));

    private async Task<string> WhyAsync(string name, ListRequest? request = null) =>
        (await newsroom.Get<AbsenceSearch>().ExplainAsync(newsroom.Site, request ?? new ListRequest { Id = "ferry-1" }, name)).Sentence;
}
