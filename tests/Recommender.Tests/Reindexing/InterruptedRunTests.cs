using Recommender.Changes;
using Recommender.Reindexing;
using Recommender.Similarity;
using Recommender.Tests.Support;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Reindexing;

public sealed class InterruptedRunTests : IAsyncLifetime
{
    private const int Parts = 9;
    private Newsroom newsroom = null!;

    public async Task InitializeAsync()
    {
        newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Enumerable.Range(1, Parts).SelectMany(part => new[] { Ferry(part), Orchard(part) }));
    }

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task Wherever_a_run_is_killed_readers_keep_their_lists_and_the_next_process_ends_it_with_the_lists_of_an_undisturbed_one()
    {
        // The first run settles what later ones find as it is.
        await ReindexAsync(newsroom);
        await ReindexAsync(newsroom);
        var undisturbed = await ListsAsync(newsroom);
        for (var (writes, isEnded) = (1, false); !isEnded; writes++)
        {
            Assert.True(writes < 200, "It never ended.");
            var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes));
            isEnded = await Record.ExceptionAsync(() => dying.Reindexer.ExecuteAsync(newsroom.Site, run.Id)) is null;

            await using var survivor = newsroom.OpenAnother();
            Assert.True(undisturbed.SequenceEqual(await ListsAsync(survivor)), $"Readers saw other lists after {writes} writes.");
            newsroom.Time.Advance(LeaseTable.Term);
            Assert.Equal(RunState.Succeeded, (await survivor.Reindexer.ExecuteAsync(newsroom.Site, run.Id)).State);
            Assert.True(undisturbed.SequenceEqual(await ListsAsync(survivor)), $"The lists are others after {writes} writes.");
            Assert.Empty(await survivor.Get<RunBlockTable>().AllAsync(newsroom.Site, run.Id));
        }
    }

    [Fact]
    public async Task What_is_published_changed_and_removed_at_any_stage_of_a_run_is_so_in_its_lists()
    {
        await using var other = newsroom.OpenAnother();
        var part = 20;
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var stages = new HashSet<RunStage>();

        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(run =>
        {
            if (run.Ended is null && stages.Add(run.Stage))
            {
                // Of another process than the one that leads; and removed again in the next stage.
                newsroom.Time.Advance(TimeSpan.FromSeconds(2));
                other.PublishAsync(Ferry(part++)).GetAwaiter().GetResult();
                other.Publisher.UnpublishAsync(newsroom.Site, $"orchard-{stages.Count}").GetAwaiter().GetResult();
            }
        }));

        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await using var reader = newsroom.OpenAnother();
        var lists = reader.Get<NeighbourTable>();
        for (var published = 20; published < part; published++)
        {
            Assert.NotEmpty((await lists.GetAsync(newsroom.Site, $"ferry-{published}"))!.Neighbours);
            Assert.Contains($"ferry-{published}", (await lists.GetAsync(newsroom.Site, "ferry-4"))!.Neighbours.Select(near => near.Id));
        }

        Assert.Equal(Enum.GetValues<RunStage>().Length, stages.Count);
        for (var removed = 1; removed <= stages.Count; removed++)
        {
            Assert.Null(await lists.GetAsync(newsroom.Site, $"orchard-{removed}"));
            Assert.DoesNotContain($"orchard-{removed}", (await reader.ListAsync("orchard-9", 10)).Items.Select(item => item.Card.Id));
        }
    }

    [Fact]
    public async Task A_run_that_is_paused_goes_on_with_the_blocks_that_are_not_done()
    {
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var paused = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told => Ask(told, RunStage.Places, RunWish.Pause)));
        Assert.Equal((RunState.Paused, RunStage.Places, null, null), (paused.State, paused.Stage, paused.Wish, paused.Ended));
        Assert.Equal(RunState.Paused, (await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id)).State);
        Assert.Equal(RunState.Paused, (await newsroom.Reindexer.StartAsync(newsroom.Site)).State);

        await newsroom.Reindexer.ResumeAsync(newsroom.Site, run.Id);
        var stages = new List<RunStage>();
        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told => stages.Add(told.Stage)));

        Assert.Equal((RunState.Succeeded, RunStage.Places), (ended.State, stages.Min()));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_readers_their_lists_and_nothing_else()
    {
        var before = await ListsAsync(newsroom);
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);

        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told => Ask(told, RunStage.Switching, RunWish.Cancel)));

        Assert.Equal((RunState.Cancelled, true), (ended.State, ended.Generation > 0));
        Assert.Equal(before, await ListsAsync(newsroom));
        Assert.Empty(await newsroom.Get<NeighbourTable>().Of(newsroom.Site, ended.Generation!.Value).IdsAsync());
        Assert.Null(await newsroom.Reindexer.FindActiveAsync(newsroom.Site));
    }

    [Theory]
    [InlineData(RunStage.Lists)]
    [InlineData(RunStage.Switching)]
    public async Task A_run_that_was_paused_for_longer_than_changes_are_known_makes_its_lists_anew(RunStage stage)
    {
        var run = await newsroom.Reindexer.StartAsync(newsroom.Site);
        var paused = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id, new Told(told =>
        {
            if (told.Generation is not null)
            {
                Ask(told, stage, RunWish.Pause);
            }
        }));
        Assert.Equal((RunState.Paused, stage), (paused.State, paused.Stage));
        newsroom.Time.Advance(ChangeLog.Retention);
        await newsroom.PublishAsync(Ferry(30));
        await newsroom.Get<ChangeLog>().SweepAsync(newsroom.Site);
        newsroom.Time.Advance(ChangeLog.Retention);
        await newsroom.Get<ChangeLog>().SweepAsync(newsroom.Site);

        await newsroom.Reindexer.ResumeAsync(newsroom.Site, run.Id);
        var ended = await newsroom.Reindexer.ExecuteAsync(newsroom.Site, run.Id);

        Assert.Equal(RunState.Succeeded, ended.State);
        Assert.True(ended.Generation > paused.Generation);
        Assert.NotNull(await newsroom.Get<NeighbourTable>().GetAsync(newsroom.Site, "ferry-30"));
    }

    private void Ask(Run told, RunStage stage, RunWish wish)
    {
        if (told.Stage == stage && told.Wish is null && told.Ended is null)
        {
            newsroom.Reindexer.AskAsync(newsroom.Site, told.Id, wish).GetAwaiter().GetResult();
        }
    }

    private static async Task<Run> ReindexAsync(Newsroom newsroom) =>
        await newsroom.Reindexer.ExecuteAsync(newsroom.Site, (await newsroom.Reindexer.StartAsync(newsroom.Site)).Id);

    private static async Task<IReadOnlyList<string>> ListsAsync(Newsroom newsroom)
    {
        var lists = new List<string>();
        var table = newsroom.Get<NeighbourTable>();
        foreach (var id in Enumerable.Range(1, Parts).SelectMany(part => new[] { $"ferry-{part}", $"orchard-{part}" }))
        {
            var list = (await table.GetAsync(newsroom.Site, id))!;
            lists.Add($"{id} {list.Page.Thread?.Id}: {string.Join(' ', list.Neighbours.Select(near => $"{near.Id} {near.Strength} {Convert.ToHexString(near.Features)} {string.Join('/', near.Terms)}"))}");
        }

        return lists;
    }

    private sealed class Told(Action<Run> hear) : IProgress<Run>
    {
        public void Report(Run value) => hear(value);
    }
}
