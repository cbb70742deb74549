using Recommender.Changes;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Tables;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Similarity.Packs;

public sealed class KeptIndexTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Enumerable.Range(1, 9).SelectMany(part => new[] { Ferry(part), Orchard(part) }));
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await ReindexAsync();
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task After_a_run_a_new_process_reads_no_articles_and_knows_all()
    {
        var (reads, loaded) = await LoadAsync();

        Assert.Equal(0, reads);
        Assert.Equal(18, loaded.Count);
        Assert.Equal(await FromRowsAsync(), loaded);
    }

    [Fact]
    public async Task What_was_published_changed_and_removed_since_is_as_articles_say()
    {
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await newsroom.PublishAsync(Ferry(10));
        await newsroom.PublishAsync(Orchard(2) with { Title = "Cider from abroad" });
        await newsroom.Publisher.UnpublishAsync(newsroom.Site, "ferry-1");

        var (reads, loaded) = await LoadAsync();

        Assert.InRange(reads, 3, 15);
        Assert.Equal(await FromRowsAsync(), loaded);
        Assert.Contains("ferry-10", loaded.Keys);
        Assert.DoesNotContain("ferry-1", loaded.Keys);
    }

    [Fact]
    public async Task It_finds_and_compares_as_the_index_that_was_kept()
    {
        await using var other = newsroom.OpenAnother();
        var (here, there) = (await newsroom.Get<SiteIndexes>().GetAsync(newsroom.Site), await other.Get<SiteIndexes>().GetAsync(newsroom.Site));

        Assert.All(here.Ids, id => Assert.Equivalent(here.Nearest(id, 10), there.Nearest(id, 10), strict: true));
        Assert.Equal(here.CountTerms().ToBytes(), there.CountTerms().ToBytes());
        Assert.Equivalent(here.Threads.All, there.Threads.All, strict: true);

        // And goes on like it.
        foreach (var index in new[] { here, there })
        {
            index.Remove("ferry-2");
            index.Set(here.Find("orchard-3")! with { Id = "orchard-again" });
        }

        Assert.All(here.Ids, id => Assert.Equivalent(here.Nearest(id, 10), there.Nearest(id, 10), strict: true));
    }

    [Fact]
    public async Task What_was_kept_is_of_no_use_while_a_run_of_everything_is_under_way()
    {
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var reads = new Dictionary<RunStage, int>();
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told =>
        {
            if (told.Stage is RunStage.Places or RunStage.Learning && !reads.ContainsKey(told.Stage))
            {
                reads[told.Stage] = LoadAsync().GetAwaiter().GetResult().Reads;
            }
        }));

        Assert.True(reads[RunStage.Places] > 0);
        Assert.Equal(0, reads[RunStage.Learning]);
    }

    [Fact]
    public async Task What_was_kept_is_passed_over_when_it_is_damaged_too_old_or_of_before_a_restored_backup()
    {
        Assert.Equal(0, (await LoadAsync()).Reads);
        await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Everything = true, Restored = true });
        Assert.True((await LoadAsync()).Reads > 0);

        await ReindexAsync();
        newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        await ReindexAsync();
        Assert.Equal(0, (await LoadAsync()).Reads);
        newsroom.Time.Advance(ChangeLog.Retention);
        Assert.True((await LoadAsync()).Reads > 0);

        await ReindexAsync();
        Assert.Equal(0, (await LoadAsync()).Reads);
        var state = (await newsroom.Get<IndexPackTable>().FindAsync(newsroom.Site))!.Value;
        var table = newsroom.Store.Table(TableNames.Runs);
        var row = (await PacksAsync(state.Generation))[0];
        var image = ByteParts.Read(row, "Pack")!;
        foreach (var damaged in new[] { image[..^1], [.. image[..^1], (byte)(image[^1] ^ 1)], [9, .. image[1..]], [] })
        {
            var properties = new Dictionary<string, object>();
            ByteParts.Add(properties, "Pack", damaged);
            await table.SubmitAsync(RowChange.Upsert(row with { Properties = properties }));
            Assert.True((await LoadAsync()).Reads > 0);
        }

        for (var at = 20; at < 400; at += 13)
        {
            // Whatever a number in it becomes, nothing worse happens than that all articles are read.
            var properties = new Dictionary<string, object>();
            ByteParts.Add(properties, "Pack", [.. image[..at], (byte)~image[at], .. image[(at + 1)..]]);
            await table.SubmitAsync(RowChange.Upsert(row with { Properties = properties }));
            Assert.True((await LoadAsync()).Reads > 0, $"byte {at}");
        }
    }

    [Fact]
    public async Task Only_what_the_last_run_kept_stays()
    {
        var packs = newsroom.Get<IndexPackTable>();
        var before = (await packs.FindAsync(newsroom.Site))!.Value.Generation;
        await ReindexAsync();
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var after = (await packs.FindAsync(newsroom.Site))!.Value.Generation;
        Assert.Empty(await PacksAsync(before));
        Assert.NotEmpty(await PacksAsync(after));

        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told =>
        {
            if (told is { Stage: RunStage.Lists, Generation: not null, Wish: null, Ended: null })
            {
                newsroom.Reindexer.AskAsync(newsroom.Site, told.Id, RunWish.Cancel).GetAwaiter().GetResult();
            }
        }));

        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Null(await packs.FindAsync(newsroom.Site));
        Assert.Empty(await PacksAsync(after));
        Assert.Empty(await PacksAsync(ended.Generation!.Value));
    }

    private async Task<IReadOnlyList<TableRow>> PacksAsync(long generation) => await newsroom.Store.Table(TableNames.Runs)
        .QueryAllAsync(Keys.Join(newsroom.Site.Id, "packs", generation.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToListAsync();

    private async Task ReindexAsync()
    {
        var run = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);
        Assert.Equal(RunState.Succeeded, run.State);
    }

    /// <summary>What a new process has in memory, and how often it asked for articles.</summary>
    private async Task<(int Reads, IReadOnlyDictionary<string, string> Loaded)> LoadAsync()
    {
        ArticleReads? reads = null;
        await using var other = newsroom.OpenAnother(store => reads = new ArticleReads(store));
        var loaded = ContentOf(await other.Get<SiteIndexes>().GetAsync(newsroom.Site));
        return (reads!.Count, loaded);
    }

    private async Task<IReadOnlyDictionary<string, string>> FromRowsAsync()
    {
        await newsroom.Get<IndexPackTable>().ForgetAsync(newsroom.Site);
        var (reads, loaded) = await LoadAsync();
        Assert.True(reads > 0);
        return loaded;
    }

    private static SortedDictionary<string, string> ContentOf(SimilarityIndex index) =>
        new(index.Ids.ToDictionary(id => id, id => Convert.ToHexString(IndexPack.Write([PackedArticle.Of(index, id)]))), StringComparer.Ordinal);

    private sealed class ArticleReads(ITableStore store) : InterveningStore(store)
    {
        private int count;

        public int Count => count;

        protected override Task BeforeReadAsync(string name)
        {
            if (name == TableNames.Articles)
            {
                Interlocked.Increment(ref count);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Told(Action<Run> hear) : IProgress<Run>
    {
        public void Report(Run value) => hear(value);
    }
}
