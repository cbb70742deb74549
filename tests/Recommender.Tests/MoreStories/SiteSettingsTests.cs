using System.Collections.Frozen;
using System.Globalization;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Tests.Support;
using Recommender.Threads;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.MoreStories;

/// <summary>What a site's settings do to lists, from publishing to reading.</summary>
public sealed class SiteSettingsTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    private RankingSettings Ranking { set => newsroom.Site = newsroom.Site with { Ranking = value with { Threads = ThreadsInLists.Show } }; }

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task An_evergreen_story_and_one_of_a_topic_that_lasts_outlive_the_news()
    {
        await newsroom.ImportAsync(
            Ferry(1),
            Old("news", 1, "Harbour"),
            Old("guide", 2, "Harbour") with { Evergreen = true },
            Old("history", 3, "Harbour", "Old Town"));
        Ranking = new RankingSettings
        {
            RecencyWeight = 0.9,
            Diversity = 0,
            HalfLife = TimeSpan.FromDays(10),
            TopicHalfLives = new Dictionary<string, TimeSpan> { ["old-town"] = TimeSpan.FromDays(3_000) }.ToFrozenDictionary(),
        };

        var list = await newsroom.ListAsync("ferry-1");

        Assert.Equal(["history", "guide", "news"], list.Items.Select(item => item.Card.Id));
        Assert.Contains("half-life of 3000 days", list.Items[0].Explanation.Parts[1].Detail, StringComparison.Ordinal);
        Assert.EndsWith("half-life of 10 days, evergreen", list.Items[1].Explanation.Parts[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_becomes_evergreen_is_so_in_the_lists_of_others_at_once()
    {
        await newsroom.ImportAsync(Ferry(1), Old("guide", 1), Old("news", 2));
        Ranking = new RankingSettings { RecencyWeight = 0.9, HalfLife = TimeSpan.FromDays(10), Diversity = 0 };
        Assert.Equal("news", (await newsroom.ListAsync("ferry-1")).Items[0].Card.Id);

        Assert.Equal(PublishOutcome.Updated, (await newsroom.Publisher.PublishAsync(newsroom.Site, Old("guide", 1) with { Evergreen = true })).Outcome);

        Assert.Equal("guide", (await newsroom.ListAsync("ferry-1")).Items[0].Card.Id);
        Assert.Equal(PublishOutcome.Unchanged, (await newsroom.Publisher.PublishAsync(newsroom.Site, Old("guide", 1) with { Evergreen = true })).Outcome);
    }

    [Fact]
    public async Task An_author_has_no_more_stories_in_a_list_than_the_site_says()
    {
        await newsroom.ImportAsync(Enumerable.Range(1, 12).Select(part => Sailing(part) with { Authors = part is 4 or 9 ? ["Ben Ode"] : ["Ines Calloway"] }));
        Ranking = new RankingSettings { MaxPerAuthor = 2, Floor = 0.01 };

        var list = await newsroom.ListAsync("sailing-1", 4);

        Assert.Equal(["Ben Ode", "Ben Ode", "Ines Calloway", "Ines Calloway"], list.Items.Select(item => Assert.Single(item.Card.Authors)).Order());
        Assert.Equal(ListState.Complete, list.State);
    }

    [Fact]
    public async Task A_cap_looks_beyond_the_best_for_what_fits()
    {
        // Twenty of one topic are nearer than the two of another.
        await newsroom.ImportAsync([.. Enumerable.Range(1, 21).Select(Sailing), Far("far-1", "Lessons end at noon, pupils cheer."), Far("far-2", "Exams are marked on Sundays, parents worry.")]);
        Ranking = new RankingSettings { MaxPerTopic = 2, Floor = 0.001 };

        var list = await newsroom.ListAsync("sailing-1", 4);

        Assert.Equal(["far-1", "far-2"], list.Items.Select(item => item.Card.Id).Where(id => id.StartsWith("far", StringComparison.Ordinal)).Order());
        Assert.Equal(ListState.Complete, list.State);

        static ArticleInput Far(string id, string own) => Story(id, $"Union of teachers wants a break: {own}", $"The union board says the crews of teachers need rest. {own}", "2026-10-01T08:00:00Z", topics: "Schools");
    }

    [Fact]
    public async Task Slots_are_kept_for_the_latest()
    {
        await newsroom.ImportAsync([.. Enumerable.Range(1, 8).Select(Sailing), Story("frost", "Late frost takes the blossom", published: "2026-11-19T08:00:00Z")]);
        Ranking = new RankingSettings { LatestShare = 0.5, Floor = 0.01 };

        var list = await newsroom.ListAsync("sailing-1", 4);

        Assert.Equal([Reason.Similar, Reason.Similar, Reason.LatestInTopic, Reason.LatestInTopic], list.Items.Select(item => item.Reason));
        Assert.Equal(ListState.Complete, list.State);
        Ranking = new RankingSettings { LatestShare = 0.99 };
        Assert.Contains("frost", (await newsroom.ListAsync("orchard", 4)).Items.Select(item => item.Card.Id));
    }

    [Fact]
    public async Task Only_older_stories_fill_the_list_of_an_old_page_however_much_came_after_it()
    {
        await newsroom.ImportAsync([Story("page", "The lighthouse is lit again", published: "2020-01-10T08:00:00Z", topics: "Coast"), .. Enumerable.Range(1, 150).Select(Later), .. Enumerable.Range(1, 9).Select(Earlier)]);
        var request = new ListRequest { Id = "page", OnlyOlder = true };

        var list = await newsroom.Lists.GetAsync(newsroom.Site, request);

        Assert.Equal(["earlier-8", "earlier-6", "earlier-4", "earlier-2"], list.Items.Select(item => item.Card.Id));
        Assert.Equal(list.Items.Select(item => item.Card.Id), (await newsroom.Lists.GetAsync(newsroom.Site, request with { At = newsroom.Time.GetUtcNow() })).Items.Select(item => item.Card.Id));
        Assert.StartsWith("later-", (await newsroom.ListAsync("page")).Items[0].Card.Id, StringComparison.Ordinal);

        // What comes and goes shows at once here, too.
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "earlier-8");
        await newsroom.PublishAsync(Earlier(10));
        Assert.Equal(["earlier-10", "earlier-6", "earlier-4", "earlier-2"], (await newsroom.Lists.GetAsync(newsroom.Site, request)).Items.Select(item => item.Card.Id));
    }

    [Fact]
    public async Task A_site_may_want_older_stories_only_and_a_page_may_want_all()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3));
        Ranking = new RankingSettings { OnlyOlder = true };

        Assert.Equal(["ferry-1"], (await newsroom.ListAsync("ferry-2")).Items.Select(item => item.Card.Id));
        Assert.Equal(ListState.Empty, (await newsroom.ListAsync("ferry-1")).State);
        Assert.Equal(2, (await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-2", OnlyOlder = false })).Items.Count);
        Assert.Equal(3, (await newsroom.ListAsync("nobody")).Items.Count);
    }

    // All of one running story, none a copy of another.
    private static ArticleInput Sailing(int part)
    {
        string[] shared = ["Brennan Sound", "harbour board", "Ferry Union", "night sailings", "ferry crews", "third crew"];
        string[] own = [.. Enumerable.Range(0, 16).Select(place => Word((part * 40) + place))];
        return Story(
            $"sailing-{part}",
            $"Ferry strike: {string.Join(' ', own[..4])}",
            string.Join(' ', shared.Select((words, place) => $"{own[4 + (2 * place)]} {words} {own[5 + (2 * place)]}")),
            $"2026-10-{part:00}T08:00:00Z",
            topics: "Harbour") with
        { Language = "en" };
    }

    private static ArticleInput Old(string id, int day, params string[] topics)
    {
        var sailing = Sailing(20 + day);
        return sailing with { Id = id, Url = $"https://gazette.example/{id}", Title = $"{id}: crews of the ferry", Published = $"2026-02-{day:00}T08:00:00Z", Topics = topics };
    }

    private static ArticleInput Later(int number) => Story(
        $"later-{number}", $"Notice {number} of the {Word(number)} committee", published: new DateTime(2021, 1, 1).AddDays(number).ToString("s", CultureInfo.InvariantCulture), topics: number % 2 == 0 ? "Coast" : "Council");

    private static ArticleInput Earlier(int number) => Story(
        $"earlier-{number}", $"Minutes {number} of the {Word(number + 500)} society", published: new DateTime(2019, 1, 1).AddDays(number).ToString("s", CultureInfo.InvariantCulture), topics: number % 2 == 0 ? "Coast" : "Council");

    private static string Word(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "bdfgklmnpr"[digit - '0'] + "o"));
}
