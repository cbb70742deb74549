using Recommender.Articles;
using Recommender.Editorial;
using Recommender.MoreStories;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

public sealed class MoreStoriesServiceTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Theory]
    [InlineData("https://gazette.example/ferry-1")]
    [InlineData("HTTPS://GAZETTE.example/ferry-1/?utm_source=mail#top")]
    public async Task A_page_is_known_by_any_spelling_of_its_url(string url)
    {
        var list = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = url });

        Assert.Equal("ferry-1", list.Page);
        Assert.Equal(await IdsAsync("ferry-1"), Ids(list));
    }

    [Fact]
    public async Task A_page_that_nobody_indexed_gets_the_latest_and_is_known_once_it_is_published()
    {
        var unknown = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "https://gazette.example/ferry-4" });
        Assert.Equal((null, ListState.Fallback), (unknown.Page, unknown.State));
        Assert.All(unknown.Items, item => Assert.Equal(Reason.Latest, item.Reason));
        Assert.Equal(["ferry-3", "ferry-2", "ferry-1", "orchard-2"], Ids(unknown));

        await newsroom.PublishAsync(Ferry(4));

        Assert.Equal("ferry-4", (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "https://gazette.example/ferry-4" })).Page);
    }

    [Fact]
    public async Task A_request_that_names_nothing_gets_the_latest()
    {
        Assert.Equal(ListState.Fallback, (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest())).State);
        Assert.Equal(ListState.Fallback, (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Url = "not a url" })).State);
        Assert.Equal(ListState.Fallback, (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = new string('x', 2_000) })).State);
    }

    [Theory]
    [InlineData("ferry-2")]
    [InlineData("https://gazette.example/ferry-2")]
    [InlineData("http://gazette.example:80/ferry-2/")]
    [InlineData("https://Gazette.example/ferry-2/?utm_campaign=x&fbclid=y#comments")]
    public async Task A_story_that_is_on_the_page_already_is_left_out(string link)
    {
        if (!link.StartsWith("http:", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("ferry-2", Ids(await newsroom.ListAsync("ferry-1", 10, "https://elsewhere.example/", link)));
            return;
        }

        // Another scheme may be another page.
        Assert.Contains("ferry-2", Ids(await newsroom.ListAsync("ferry-1", 10, link)));
    }

    [Fact]
    public async Task A_link_to_the_former_url_of_a_story_leaves_it_out_too()
    {
        await newsroom.PublishAsync(Ferry(2) with { Url = "https://gazette.example/moved" });

        Assert.DoesNotContain("ferry-2", Ids(await newsroom.ListAsync("ferry-1", 10, Ferry(2).Url!)));
        Assert.DoesNotContain("ferry-2", Ids(await newsroom.ListAsync("ferry-1", 10, "https://gazette.example/moved")));
    }

    [Fact]
    public async Task An_override_of_any_topic_of_the_page_holds()
    {
        await newsroom.PublishAsync(Ferry(1) with { Topics = ["One", "Two", "Three", "Four", "Five"] });
        await newsroom.Overrides.PutAsync(newsroom.Site, new Block { Scope = OverrideScope.Topic("five"), Target = "ferry-2" }, OverrideCondition.None);

        Assert.DoesNotContain("ferry-2", await IdsAsync("ferry-1"));
    }

    [Fact]
    public async Task The_narrower_boost_counts_also_in_what_fills_the_list()
    {
        await newsroom.PublishAsync(Story("lone", "A lighthouse is sold", published: "2026-11-02T08:00:00Z"));
        await PutAsync(new Boost { Scope = OverrideScope.Site, Target = "ferry-3", Factor = 0.1 });
        Assert.Equal(["ferry-2", "ferry-1", "orchard-2", "orchard-1", "ferry-3"], Ids(await newsroom.ListAsync("lone", 10)));

        await PutAsync(new Boost { Scope = OverrideScope.Page("lone"), Target = "ferry-3", Factor = 1 });
        Assert.Equal(["ferry-3", "ferry-2", "ferry-1", "orchard-2", "orchard-1"], Ids(await newsroom.ListAsync("lone", 10)));
    }

    [Fact]
    public async Task A_pin_of_a_story_to_come_waits_for_its_time()
    {
        await newsroom.PublishAsync(Ferry(4) with { Published = "2026-11-20T10:00:00Z", Title = "The mediator speaks" });
        await PutAsync(new Pin { Scope = OverrideScope.Site, Target = "ferry-4", Slot = 1 });
        Assert.DoesNotContain("ferry-4", Ids(await newsroom.ListAsync("orchard-1", 10)));

        newsroom.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(("ferry-4", Reason.Pinned), First(await newsroom.ListAsync("orchard-1", 10)));
    }

    [Fact]
    public async Task Many_stories_to_come_do_not_hide_those_that_are_there()
    {
        await newsroom.ImportAsync(Enumerable.Range(0, 150).Select(i => Story($"plan-{i}", $"Programme of day {i} of {i} days", published: $"2027-01-{1 + (i / 10):00}T{i % 10:00}:00:00Z", topics: "Harbour")));

        Assert.Equal(["ferry-3", "ferry-2"], Ids(await newsroom.Lists.LatestAsync(newsroom.Site, "harbour", 2)));
        Assert.Equal(["ferry-3", "ferry-2"], Ids(await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Count = 2 })));
    }

    [Fact]
    public async Task A_list_of_another_day_is_made_of_what_there_was()
    {
        var then = new DateTimeOffset(2026, 10, 2, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(["ferry-2", "orchard-2", "orchard-1"], Ids(await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-1", Count = 10, At = then })).OrderBy(id => id is not "ferry-2").ThenByDescending(id => id));
        Assert.Equal(["ferry-2", "ferry-1"], Ids(await newsroom.Lists.LatestAsync(newsroom.Site, "harbour", 10, then)));
    }

    [Fact]
    public async Task A_list_does_not_mix_languages_whatever_the_case_of_the_tag()
    {
        newsroom.Site = newsroom.Site with { Language = "EN-GB" };
        await newsroom.PublishAsync(Ferry(4) with { Language = "es", Title = "Huelga en el puerto", Topics = ["Harbour"], Published = "2026-11-19T08:00:00Z" });
        await newsroom.PublishAsync(Ferry(5) with { Language = "en-US" });

        var unknown = Ids(await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Count = 20 }));
        Assert.DoesNotContain("ferry-4", unknown);
        Assert.Contains("ferry-1", unknown);
        Assert.Contains("ferry-5", await IdsAsync("ferry-1"));
        Assert.Empty((await newsroom.ListAsync("ferry-4")).Items);
    }

    [Fact]
    public async Task A_block_outside_its_window_or_on_another_page_does_not_count()
    {
        var now = newsroom.Time.GetUtcNow();
        await PutAsync(new Block { Scope = OverrideScope.Site, Target = "ferry-2", From = now.AddHours(1), Until = now.AddHours(2) });

        Assert.Contains("ferry-2", await IdsAsync("ferry-1"));
        newsroom.Time.SetUtcNow(now.AddHours(1));
        Assert.DoesNotContain("ferry-2", await IdsAsync("ferry-1"));
        newsroom.Time.SetUtcNow(now.AddHours(2));
        Assert.Contains("ferry-2", await IdsAsync("ferry-1"));
    }

    [Fact]
    public async Task A_story_whose_date_changes_during_an_import_stays_in_the_lists_that_have_it()
    {
        Assert.Contains("ferry-2", await IdsAsync("ferry-1"));
        await PutAsync(new Pin { Scope = OverrideScope.Page("orchard-1"), Target = "ferry-2", Slot = 1 });
        var middle = new List<string>();

        async IAsyncEnumerable<ArticleInput> Lines()
        {
            yield return Ferry(2) with { Published = "2026-08-02T08:00:00Z" };
            foreach (var i in Enumerable.Range(1, 255))
            {
                yield return Story($"notice-{i}", $"Notice {i} of the parish of number {i}", published: "2025-01-01T08:00:00Z");
            }

            while (!middle.Contains("written"))
            {
                await Task.Delay(5);
            }

            middle.AddRange(await IdsAsync("ferry-1"));
        }

        await foreach (var result in newsroom.Publisher.ImportAsync(newsroom.Site, Lines()))
        {
            middle.Add("written");
        }

        Assert.Contains("ferry-2", middle);
        Assert.Contains("ferry-2", await IdsAsync("ferry-1"));
        Assert.Equal(("ferry-2", "August 2, 2026"), ((await newsroom.ListAsync("orchard-1")).Items[0].Card.Id, (await newsroom.ListAsync("orchard-1")).Items[0].Date));
    }

    [Fact]
    public async Task A_story_of_a_site_is_never_in_the_list_of_another()
    {
        var site = newsroom.Site;
        newsroom.Site = site with { Id = "other" };
        await newsroom.ImportAsync(Ferry(1), Ferry(9));

        Assert.Equal(["ferry-9"], await IdsAsync("ferry-1"));
        newsroom.Site = site;
        Assert.DoesNotContain("ferry-9", await IdsAsync("ferry-1"));
    }

    private Task<Override> PutAsync(Override rule) => newsroom.Overrides.PutAsync(newsroom.Site, rule, OverrideCondition.None);

    private async Task<List<string>> IdsAsync(string page) => Ids(await newsroom.ListAsync(page, 10));

    private static (string Id, Reason Reason) First(MoreStoriesList list) => (list.Items[0].Card.Id, list.Items[0].Reason);

    private static List<string> Ids(MoreStoriesList list) => [.. list.Items.Select(item => item.Card.Id)];
}
