using System.Globalization;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Reindexing;

public sealed class ChangedRunTests(ChangedRunTests.LargeSite site) : IClassFixture<ChangedRunTests.LargeSite>, IAsyncLifetime
{
    private const int Articles = 2_000;
    private const int WordsPerArticle = 12;
    private static readonly string[] Syllables = ["bar", "den", "fol", "gan", "hul", "kes", "lim", "mor", "nav", "pet", "rus", "sal", "tov", "ulm", "wex", "zor"];
    private readonly Newsroom newsroom = site.Newsroom.Copy();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_run_takes_up_what_came_since_the_last_and_leaves_the_rest_as_it_is()
    {
        var untouched = await ListAsync("other-7");
        await newsroom.ImportAsync(Ferry(1), Ferry(2));
        await newsroom.PublishAsync(Ferry(3));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        var published = await ListAsync("ferry-1");
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((RunScope.Changed, 2), Told(await RunAsync()));

        Assert.Equal(["ferry-3"], published);
        Assert.Equal(published, await ListAsync("ferry-1"));
        Assert.Equal(untouched, await ListAsync("other-7"));
        Assert.Equal((RunScope.Changed, 0), Told(await RunAsync()));
        Assert.Equal((RunScope.Changed, 0), Told(await RunAsync()));
    }

    [Fact]
    public async Task What_was_imported_for_a_reindex_is_in_lists_both_ways_and_in_its_running_story_after_it()
    {
        await newsroom.PublishAsync(Ferry(1));
        await newsroom.Publisher.ImportForReindexAsync(newsroom.Site, Enumerable.Range(2, 9).Select(Ferry).ToAsyncEnumerable()).CountAsync();
        Assert.Null(await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, "ferry-5"));

        Assert.Equal((RunScope.Changed, 10), Told(await RunAsync()));

        Assert.Contains("ferry-1", await ListAsync("ferry-5"));
        Assert.Contains("ferry-5", await ListAsync("ferry-1"));
        await using var reader = newsroom.OpenAnother();
        var index = await reader.Get<SiteIndexes>().GetAsync(newsroom.Site);
        Assert.NotNull(index.Threads.ThreadOf("ferry-1"));
        Assert.Equal(index.Threads.ThreadOf("ferry-1"), index.Threads.ThreadOf("ferry-5"));
        Assert.Equal(index.Threads.ThreadOf("ferry-5"), (await reader.Get<ArticleTable>().GetAsync(newsroom.Site, "ferry-5"))!.Article!.Thread);
    }

    [Fact]
    public async Task What_runs_of_what_changed_took_up_is_in_the_packs_that_a_new_process_loads()
    {
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Ferry(3));
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync();
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-2");
        await newsroom.PublishAsync(Ferry(4));
        await newsroom.PublishAsync(Ferry(3) with { Title = "Another headline" });
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync();
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));

        var packs = newsroom.Get<IndexPackTable>();
        Assert.Equal(newsroom.Time.GetUtcNow() - TimeSpan.FromMinutes(1), (await packs.FindAsync(newsroom.Site))!.Value.Through);
        var packed = await LoadAsync();
        await packs.ForgetAsync(newsroom.Site);
        Assert.Equal(await LoadAsync(), packed);
        Assert.Equal((true, false), (packed.ContainsKey("ferry-4"), packed.ContainsKey("ferry-2")));

        async Task<SortedDictionary<string, string>> LoadAsync()
        {
            await using var other = newsroom.OpenAnother();
            var index = await other.Get<SiteIndexes>().GetAsync(newsroom.Site);
            return new(index.Ids.ToDictionary(id => id, id => Convert.ToHexString(IndexPack.Write([PackedArticle.Of(index, id)]))), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Wherever_a_run_of_what_changed_is_killed_the_next_process_ends_it()
    {
        await newsroom.Publisher.ImportForReindexAsync(newsroom.Site, Enumerable.Range(1, 6).Select(Ferry).ToAsyncEnumerable()).CountAsync();
        for (var (writes, isEnded) = (0, false); !isEnded; writes += 7)
        {
            Assert.True(writes < 300, "It never ended.");
            var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes));
            isEnded = await Record.ExceptionAsync(() => dying.Reindexer.ExecuteAsync(newsroom.Site, run.Id)) is null;
            if (!isEnded && writes % 5 == 0)
            {
                // Now and then somebody goes on with it, else it dies again.
                newsroom.Time.Advance(LeaseTable.Term);
                await using var survivor = newsroom.OpenAnother();
                var ended = await survivor.Reindexer.ExecuteAsync(newsroom.Site, run.Id);
                Assert.Equal((RunState.Succeeded, RunScope.Changed), (ended.State, ended.Scope));
                Assert.Contains("ferry-1", await ListAsync("ferry-5"));
                await newsroom.ImportAsync(Ferry(1), Story("ferry-6", $"Another headline {writes}", Ferry(6).Body!));
            }

            newsroom.Time.Advance(LeaseTable.Term);
        }
    }

    [Fact]
    public async Task All_is_made_anew_when_somebody_asks_for_that_even_of_a_run_that_waits()
    {
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        Assert.Null(run.Scope);

        Assert.Equal((run.Id, RunScope.Whole), (await newsroom.Reindexer.StartWholeAsync(newsroom.Site)) is var asked ? (asked.Id, asked.Scope) : default);
        Assert.Equal((RunScope.Whole, Articles), Told(await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id)));

        var begun = await newsroom.Reindexer.StartAsync(newsroom.Site);
        Run? late = null;
        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, begun.Id, new Watcher(_ => late ??= newsroom.Reindexer.StartWholeAsync(newsroom.Site).GetAwaiter().GetResult()));
        Assert.Equal((RunScope.Whole, RunScope.Whole), (late!.Scope, ended.Scope));
    }

    [Fact]
    public async Task All_is_made_anew_where_what_changed_is_much_or_not_known()
    {
        await newsroom.ImportAsync(Enumerable.Range(0, Articles / 20).Select(number => Other(number) with { Title = "Another headline" }));
        Assert.Equal(RunScope.Changed, (await RunAsync()).Scope);
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await newsroom.ImportAsync(Enumerable.Range(Articles / 20, (Articles / 20) + 1).Select(number => Other(number) with { Title = "Another headline" }));
        Assert.Equal(RunScope.Whole, (await RunAsync()).Scope);

        newsroom.Time.Advance(ChangeLog.Retention);
        Assert.Equal(RunScope.Whole, (await RunAsync()).Scope);

        await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Everything = true, Restored = true });
        Assert.Equal(RunScope.Whole, (await RunAsync()).Scope);
    }

    [Fact]
    public async Task All_is_made_anew_after_a_run_that_began_to_and_was_cancelled()
    {
        var run = await newsroom.Reindexer.StartWholeAsync(newsroom.Site);
        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Watcher(told =>
        {
            if (told is { Stage: RunStage.Places, Wish: null, Ended: null })
            {
                newsroom.Reindexer.AskAsync(newsroom.Site, told.Id, RunWish.Cancel).GetAwaiter().GetResult();
            }
        }));
        Assert.Equal(RunState.Cancelled, ended.State);

        Assert.Equal(RunScope.Whole, (await RunAsync()).Scope);
        Assert.Equal(RunScope.Changed, (await RunAsync()).Scope);
    }

    private static (RunScope? Scope, int Articles) Told(Run run) => (run.Scope, run.Articles);

    private Task<Run> RunAsync() => RunAsync(newsroom);

    private static async Task<Run> RunAsync(Newsroom newsroom)
    {
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        Assert.Equal((RunState.Succeeded, 0), (run.State, run.Errors.Count));
        return run;
    }

    private async Task<IReadOnlyList<string>> ListAsync(string id)
    {
        await using var reader = newsroom.OpenAnother();
        return [.. (await reader.Get<NeighbourTable>().GetAsync(newsroom.Site, id))!.Neighbours.Select(near => near.Id)];
    }

    // Of invented words, each in a few articles of everywhere.
    private static ArticleInput Other(int number)
    {
        var words = Enumerable.Range(0, WordsPerArticle).Select(word =>
        {
            var hash = (uint)((number * 2_654_435_761L) + (word * 40_503L * (number + 1))) >> 7;
            return $"{Syllables[hash % 16]}{Syllables[hash / 16 % 16]}{Syllables[hash / 256 % 4]}";
        }).ToList();
        var published = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number);
        return Story(string.Create(CultureInfo.InvariantCulture, $"other-{number}"), string.Join(' ', words.Take(4)), string.Join(' ', words), published.ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>A site so large that its runs go by what changed, after its first.</summary>
    public sealed class LargeSite : IAsyncLifetime
    {
        internal Newsroom Newsroom { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Newsroom = await Newsroom.OpenAsync();
            await Newsroom.Publisher.ImportForReindexAsync(Newsroom.Site, Enumerable.Range(0, Articles).Select(Other).ToAsyncEnumerable()).CountAsync();
            Newsroom.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal((RunScope.Whole, Articles), Told(await RunAsync(Newsroom)));
        }

        public async Task DisposeAsync() => await Newsroom.DisposeAsync();
    }

    private sealed class Watcher(Action<Run> hear) : IProgress<Run>
    {
        public void Report(Run value) => hear(value);
    }
}
