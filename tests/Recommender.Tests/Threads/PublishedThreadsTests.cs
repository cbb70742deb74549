using System.Globalization;
using Recommender.Articles;
using Recommender.MoreStories;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tests.Support;
using Recommender.Threads;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Threads;

/// <summary>Running stories as articles come, change and go.</summary>
public sealed class PublishedThreadsTests : IAsyncLifetime
{
    private const string FerryWords = "strike night sailings Brennan Sound union harbour board third crew crews ferry vote voted cancelled notice mediator quay timetable rest pilots captains deckhands wages";
    private const string OrchardWords = "frost valley apple trees blossom orchard keepers fires branches growers cider presses harvest half early lost spring pruning ladders barrels autumn grafts beehives";

    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Backdrop());
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task Articles_of_one_story_are_one_thread_and_those_of_another_a_second()
    {
        await PublishAsync(Ferry(1), Orchard(1), Ferry(2), Orchard(2), Ferry(3));

        var (ferry, orchard) = (await ThreadAsync("ferry-1"), await ThreadAsync("orchard-1"));
        Assert.NotNull(ferry);
        Assert.NotNull(orchard);
        Assert.NotEqual(ferry.Id, orchard.Id);
        Assert.Equal((ferry, ferry, orchard), (await ThreadAsync("ferry-2"), await ThreadAsync("ferry-3"), await ThreadAsync("orchard-2")));
        Assert.Contains("ferry", ferry.Name, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_article_is_no_thread_until_a_second_comes_and_then_readers_see_it_on_both()
    {
        await PublishAsync(Ferry(1));
        Assert.Null(await ThreadAsync("ferry-1"));
        Assert.Null((await newsroom.ListAsync("quiet-1", 20)).Items.Single(item => item.Card.Id == "ferry-1").Card.Thread);

        await PublishAsync(Ferry(2));

        var thread = await ThreadAsync("ferry-1");
        Assert.NotNull(thread);
        var cards = (await newsroom.ListAsync("quiet-1", 20)).Items.Select(item => item.Card).Where(card => card.Id.StartsWith("ferry", StringComparison.Ordinal));
        Assert.Equal([thread.Id, thread.Id], cards.Select(card => card.Thread!.Id));
        Assert.Equal(thread, (await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, "ferry-1"))!.Page.Thread);
    }

    [Fact]
    public async Task An_article_that_is_left_alone_is_in_no_thread_any_more()
    {
        await PublishAsync(Ferry(1), Ferry(2));

        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-1");

        Assert.Null(await ThreadAsync("ferry-2"));
        Assert.Null((await newsroom.Get<Timeline>().CardAsync(newsroom.Site, "ferry-2", DateTimeOffset.Parse(Ferry(2).Published!, null)))!.Thread);
    }

    [Fact]
    public async Task An_article_that_comes_and_goes_leaves_a_thread_as_it_was()
    {
        await PublishAsync(Ferry(1), Ferry(2), Ferry(3));
        var before = await ThreadAsync("ferry-1");

        await PublishAsync(Ferry(4) with { Title = "Divers inspect a ferry", Body = Ferry(1).Body + " Divers inspect ferry hulls." });
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-4");

        Assert.Equal(before, await ThreadAsync("ferry-1"));
        Assert.Equal(before, await ThreadAsync("ferry-3"));
    }

    [Fact]
    public async Task An_article_that_becomes_another_story_changes_its_thread()
    {
        await PublishAsync(Ferry(1), Ferry(2), Ferry(3), Orchard(1), Orchard(2));

        await PublishAsync(Orchard(3) with { Id = "ferry-3", Url = Ferry(3).Url });

        Assert.Equal(await ThreadAsync("orchard-1"), await ThreadAsync("ferry-3"));
        Assert.Equal((await ThreadAsync("ferry-1"))!.Id, (await ThreadAsync("ferry-2"))!.Id);
        Assert.NotEqual((await ThreadAsync("ferry-1"))!.Id, (await ThreadAsync("ferry-3"))!.Id);
    }

    [Fact]
    public async Task What_comes_again_after_years_is_another_story()
    {
        await PublishAsync(Ferry(1), Ferry(2), Ferry(3) with { Published = "2029-10-03T08:00:00Z" });

        Assert.NotNull(await ThreadAsync("ferry-2"));
        Assert.Null(await ThreadAsync("ferry-3"));
    }

    [Fact]
    public async Task A_thread_stays_within_one_language()
    {
        await PublishAsync(Ferry(1), Ferry(2) with { Language = "es" }, Ferry(3));

        Assert.Null(await ThreadAsync("ferry-2"));
        Assert.Equal(await ThreadAsync("ferry-1"), await ThreadAsync("ferry-3"));
    }

    [Fact]
    public async Task An_article_that_bridges_two_threads_makes_them_one_with_the_id_of_the_older()
    {
        // After so long a time nearly the same text tells another story, but not after the half of it.
        var settings = ThreadSettings.Default;
        var apart = 1.05 * settings.Patience * ((1 / settings.ThresholdAmong(16)) - 1);
        await PublishAsync(Bridge(1, TimeSpan.Zero), Bridge(2, TimeSpan.FromHours(1)));
        await PublishAsync(Bridge(3, apart), Bridge(4, apart + TimeSpan.FromHours(1)));
        var (older, newer) = (await ThreadAsync("ferry-1"), await ThreadAsync("ferry-4"));
        Assert.NotEqual(older!.Id, newer!.Id);

        await PublishAsync(Bridge(5, apart / 2));

        Assert.Equal(older.Id, (await ThreadAsync("ferry-5"))!.Id);
        Assert.Equal(await ThreadAsync("ferry-1"), await ThreadAsync("ferry-4"));
        Assert.Equal(await ThreadAsync("ferry-1"), (await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, "ferry-4"))!.Page.Thread);
    }

    private static ArticleInput Bridge(int part, TimeSpan after) => Ferry(part) with
    {
        Title = $"Ferry strike of Brennan Sound, week {Word(part, part)}",
        Dek = "",
        Body = Ferry(1).Body,
        Published = new DateTimeOffset(2025, 1, 1, 8, 0, 0, TimeSpan.Zero).Add(after).ToString("o", CultureInfo.InvariantCulture),
    };

    [Fact]
    public async Task Publishing_in_order_an_import_in_disorder_and_a_reindex_find_the_same()
    {
        var stories = Enumerable.Range(1, 8).SelectMany(part => new[] { Ferry(part), Orchard(part) }).OrderBy(story => story.Published, StringComparer.Ordinal).ToList();
        await PublishAsync([.. stories]);
        await using var other = await Newsroom.OpenAsync();
        await other.ImportAsync(stories.Concat(Backdrop()).Reverse());

        var published = await ThreadsAsync(newsroom);
        var imported = await ThreadsAsync(other);
        await ReindexAsync(newsroom);
        await ReindexAsync(other);

        Assert.Equal(2, published.Values.OfType<StoryThread>().DistinctBy(thread => thread.Id).Count());
        Assert.Equal(Ids(published), Ids(imported));
        Assert.Equal(Ids(published), Ids(await ThreadsAsync(newsroom)));
        Assert.Equal(await ThreadsAsync(newsroom), await ThreadsAsync(other));
    }

    [Fact]
    public async Task Another_process_goes_on_with_the_thread()
    {
        await using var other = newsroom.OpenAnother();
        await other.PublishAsync(Orchard(1));
        await PublishAsync(Ferry(1), Ferry(2));
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));

        await other.PublishAsync(Ferry(3));

        Assert.Equal(await ThreadAsync("ferry-1"), await ThreadAsync("ferry-3"));
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await PublishAsync(Ferry(4));
        Assert.Single((await ThreadsAsync(newsroom)).Where(entry => entry.Key.StartsWith("ferry", StringComparison.Ordinal)).Select(entry => entry.Value).Distinct());
    }

    [Fact]
    public async Task Two_processes_that_publish_at_once_agree_in_the_end()
    {
        await using var other = newsroom.OpenAnother();
        await Task.WhenAll(
            Task.Run(async () => { foreach (var part in Enumerable.Range(1, 6)) { await newsroom.PublishAsync(Ferry((2 * part) - 1)); await newsroom.PublishAsync(Orchard((2 * part) - 1)); } }),
            Task.Run(async () => { foreach (var part in Enumerable.Range(1, 6)) { await other.PublishAsync(Ferry(2 * part)); await other.PublishAsync(Orchard(2 * part)); } }));
        newsroom.Time.Advance(TimeSpan.FromSeconds(20));

        await ReindexAsync(newsroom);

        var rows = await ThreadsAsync(newsroom);
        Assert.Equal(2, rows.Values.OfType<StoryThread>().Distinct().Count());
        Assert.Equal(24, rows.Values.OfType<StoryThread>().Count());
        foreach (var (id, thread) in rows)
        {
            Assert.Equal(thread, (await newsroom.ListAsync(id)).Page is null ? null : (await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, id))!.Page.Thread);
        }
    }

    [Theory]
    [InlineData(ThreadsInLists.Collapse, "ferry-5")]
    [InlineData(ThreadsInLists.Follow, "ferry-5 ferry-4 ferry-3 ferry-2")]
    public async Task The_pages_own_thread_is_shown_by_its_newest_development(ThreadsInLists threads, string expected)
    {
        await PublishAsync(Ferry(1), Ferry(2), Ferry(3), Ferry(4), Ferry(5));

        var list = await newsroom.Lists.GetAsync(newsroom.Site, new ListRequest { Id = "ferry-1", Threads = threads });

        var own = list.Items.Where(item => item.Reason == Reason.SameThread).ToList();
        Assert.Equal(expected.Split(' '), own.Select(item => item.Card.Id));
        Assert.All(own, item => Assert.Equal("the page's own running story: " + item.Card.Thread!.Name, item.Explanation.Parts.Single(part => part.Name == "thread").Detail));
        Assert.Equal(4, list.Items.Count);
    }

    private static IEnumerable<ArticleInput> Backdrop() => Enumerable.Range(1, 12).Select(day => Story(
        $"quiet-{day}",
        $"Notice {Word(day, 0)} {Word(day, 1)} {Word(day, 2)}",
        string.Join(' ', Enumerable.Range(3, 20).Select(word => Word(day, word))),
        $"2026-08-{day:00}T08:00:00Z",
        "",
        "Notices") with
    { Language = "en" });

    // What articles of one story share is to outweigh any threshold: here is tested what becomes of them, not how alike they must be. Yet none is a copy of another.
    private static ArticleInput Ferry(int part) => Stories.Ferry(part) with { Body = $"{Stories.Ferry(part).Body} {Shuffled(part, FerryWords)}." };

    private static ArticleInput Orchard(int part) => Stories.Orchard(part) with { Body = $"{Stories.Orchard(part).Body} {Shuffled(part, OrchardWords)}." };

    private static string Shuffled(int seed, string words)
    {
        var shuffled = words.Split(' ');
        new Random(seed).Shuffle(shuffled);
        return string.Join(' ', shuffled);
    }

    // Words that no other story has: each day's own.
    private static string Word(int day, int place) => $"{"bcdfghklmnprst"[day]}{"aeiou"[place % 5]}{"bdgklmnprstv"[(place * 5) % 12]}{"aeiou"[place / 5]}{"lmnr"[place % 4]}";

    private async Task PublishAsync(params ArticleInput[] inputs)
    {
        foreach (var input in inputs)
        {
            await newsroom.PublishAsync(input);
        }
    }

    private async Task<StoryThread?> ThreadAsync(string id) => (await newsroom.Publisher.GetAsync(newsroom.Site, id))!.Thread;

    private static async Task<SortedDictionary<string, StoryThread?>> ThreadsAsync(Newsroom from) =>
        new((await from.Publisher.AllAsync(from.Site).ToListAsync()).ToDictionary(article => article.Id, article => article.Thread), StringComparer.Ordinal);

    private static IEnumerable<(string, string?)> Ids(IEnumerable<KeyValuePair<string, StoryThread?>> threads) => threads.Select(entry => (entry.Key, entry.Value?.Id));

    private static async Task ReindexAsync(Newsroom of) =>
        Assert.Equal(RunState.Succeeded, (await of.Reindexer.ExecuteAsync(of.Site, (await of.Reindexer.StartAsync(of.Site)).Id)).State);
}
