using Recommender.Changes;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Changes;

public sealed class ChangeFollowerTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    private Site Site => newsroom.Site;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_follower_hears_each_change_of_another_once()
    {
        var (follower, heard) = await FollowAsync();

        await AppendAsync("a", "b");
        Pass(1);
        await follower.CatchUpAsync(Site);
        Assert.Equal("a,b (another's)", Assert.Single(heard));

        for (var second = 0; second < 20; second++)
        {
            Pass(1);
            await follower.CatchUpAsync(Site);
        }

        Assert.Single(heard);
    }

    [Fact]
    public async Task Its_own_changes_a_process_hears_at_once_and_again_from_the_log()
    {
        var (follower, heard) = await FollowAsync();

        await follower.AnnounceAsync(Site, new Change { Articles = ["a"] });
        Assert.Equal(["a (own)"], heard);

        Pass(1);
        await follower.CatchUpAsync(Site);
        Assert.Equal(["a (own)", "a (own)"], heard);
    }

    [Fact]
    public async Task The_log_is_not_asked_more_than_once_a_second()
    {
        var store = new FailingStore(newsroom.Store);
        var follower = new ChangeFollower(new ChangeLog(store, newsroom.Time), [], new StoreSilence(), newsroom.Time);
        await follower.CatchUpAsync(Site);
        Pass(1);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => follower.CatchUpAsync(Site).AsTask())));

        Assert.Equal(1, store.Reads);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(+10)]
    [InlineData(+600)]
    public async Task Clocks_of_two_processes_may_differ(int seconds)
    {
        var (follower, heard) = await FollowAsync();
        var other = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(newsroom.Time.GetUtcNow().AddSeconds(seconds));

        await new ChangeLog(newsroom.Store, other).AppendAsync(Site, new Change { Articles = ["a"] });
        Pass(2);
        await follower.CatchUpAsync(Site);

        Assert.Single(heard);
    }

    [Fact]
    public async Task A_change_that_took_long_to_be_written_is_heard_all_the_same()
    {
        var (follower, heard) = await FollowAsync();
        var writes = 0;
        var slow = new MeddlingStore(newsroom.Store, TableNames.Changes, async () =>
        {
            for (var second = 0; second < 40 && writes == 0; second++)
            {
                Pass(1);
                await follower.CatchUpAsync(Site);
            }

            writes++;
        });

        await new ChangeLog(slow, newsroom.Time).AppendAsync(Site, new Change { Articles = ["a"] });
        Pass(1);
        await follower.CatchUpAsync(Site);

        Assert.NotEmpty(heard);
    }

    [Fact]
    public async Task Who_has_not_looked_for_long_forgets_everything()
    {
        var (follower, heard) = await FollowAsync();
        newsroom.Time.Advance(ChangeLog.Retention);

        await follower.CatchUpAsync(Site);

        Assert.Equal(["everything (another's)"], heard);
    }

    [Fact]
    public async Task What_an_observer_could_not_follow_it_is_told_again()
    {
        var observer = new Failing();
        var follower = new ChangeFollower(new ChangeLog(newsroom.Store, newsroom.Time), [observer], new StoreSilence(), newsroom.Time);
        await follower.CatchUpAsync(Site);
        await AppendAsync("a");
        Pass(1);

        await Assert.ThrowsAsync<TableUnavailableException>(() => follower.CatchUpAsync(Site).AsTask());
        await follower.CatchUpAsync(Site);

        Assert.Equal(2, observer.Told);
    }

    [Fact]
    public async Task A_reader_does_not_fail_or_wait_long_when_the_store_does_not_answer()
    {
        var store = new FailingStore(newsroom.Store);
        var heard = new List<string>();
        var follower = new ChangeFollower(new ChangeLog(store, newsroom.Time), [new Listener(heard)], new StoreSilence(), newsroom.Time);
        await follower.CatchUpAsync(Site);
        await AppendAsync("a");

        store.Hangs = true;
        Pass(1);
        var waiting = follower.TryCatchUpAsync(Site).AsTask();
        Assert.False(waiting.IsCompleted);
        Pass(3);
        await waiting;

        // From now on nobody waits, and it is asked again in the background.
        Pass(6);
        Assert.True(follower.TryCatchUpAsync(Site).AsTask().IsCompletedSuccessfully);
        Assert.Empty(heard);
        store.Hangs = false;
        store.Wake();
        while (heard.Count == 0)
        {
            await Task.Delay(10);
        }

        await AppendAsync("b");
        store.IsDown = true;
        Pass(1);
        var asked = store.Reads;
        await follower.TryCatchUpAsync(Site);
        await follower.TryCatchUpAsync(Site);
        Assert.Equal(asked + 1, store.Reads);
        Pass(6);
        await follower.TryCatchUpAsync(Site);
        await follower.TryCatchUpAsync(Site);
        Assert.Equal(asked + 2, store.Reads);
        Assert.Single(heard);

        store.IsDown = false;
        Pass(6);
        await follower.TryCatchUpAsync(Site);
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task A_change_of_many_names_is_told_in_parts()
    {
        var (follower, heard) = await FollowAsync();
        var names = Enumerable.Range(0, 2_500).Select(i => $"story-{i}").ToList();

        await new ChangeLog(newsroom.Store, newsroom.Time).AppendAsync(Site, new Change { Articles = names, Topics = ["harbour"] });
        Pass(1);
        await follower.CatchUpAsync(Site);

        Assert.Equal(4, heard.Count);
        Assert.Equal(names, heard.SelectMany(text => text.Split(' ')[0].Split(',')).Where(name => name.StartsWith("story", StringComparison.Ordinal)));
        Assert.Contains(heard, text => text.StartsWith("harbour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Old_changes_are_swept_and_new_ones_stay()
    {
        var log = new ChangeLog(newsroom.Store, newsroom.Time);
        await log.AppendAsync(Site, new Change { Articles = ["old"] });
        newsroom.Time.Advance(ChangeLog.Retention + TimeSpan.FromMinutes(1));
        await log.AppendAsync(Site, new Change { Articles = ["new"] });

        await log.SweepAsync(Site);

        Assert.Equal(["new"], (await log.ReadAsync(Site, DateTimeOffset.UnixEpoch)).SelectMany(entry => entry.Change.Articles));
    }

    [Fact]
    public async Task Sites_do_not_hear_of_each_other()
    {
        var (follower, heard) = await FollowAsync();
        await new ChangeLog(newsroom.Store, newsroom.Time).AppendAsync(Site with { Id = "other" }, new Change { Articles = ["a"] });
        Pass(1);
        await follower.CatchUpAsync(Site);

        Assert.Empty(heard);
    }

    [Fact]
    public async Task Intents_are_open_until_they_are_crossed_out_and_oldest_first()
    {
        var journal = newsroom.Get<Journal>();
        var first = await journal.BeginAsync(Site, new Intent { Articles = ["a"], Relist = ["a"] });
        Pass(1);
        var second = await journal.BeginAsync(Site, new Intent { Scope = "page:a" });

        Assert.Equal([(first, "a", 1), (second, "", 0)], (await journal.OpenAsync(Site)).Select(open => (open.Key, string.Join(',', open.Intent.Articles), open.Intent.Relist.Count)));
        Assert.False(journal.IsAbandoned(first));
        Pass(301);
        Assert.True(journal.IsAbandoned(first));

        await journal.CompleteAsync(Site, [first, first + "x"]);
        Assert.Equal(second, Assert.Single(await journal.OpenAsync(Site)).Key);
    }

    private async Task<(ChangeFollower Follower, List<string> Heard)> FollowAsync()
    {
        var heard = new List<string>();
        var follower = new ChangeFollower(new ChangeLog(newsroom.Store, newsroom.Time), [new Listener(heard)], new StoreSilence(), newsroom.Time);
        await follower.CatchUpAsync(Site);
        return (follower, heard);
    }

    private Task AppendAsync(params string[] articles) => new ChangeLog(newsroom.Store, newsroom.Time).AppendAsync(Site, new Change { Articles = articles });

    private void Pass(int seconds) => newsroom.Time.Advance(TimeSpan.FromSeconds(seconds));

    private sealed class Listener(List<string> heard) : IChangeObserver
    {
        public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation)
        {
            heard.Add((change.Everything ? "everything" : string.Join(',', change.Articles.Concat(change.Topics))) + (own ? " (own)" : " (another's)"));
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Failing : IChangeObserver
    {
        public int Told { get; private set; }

        public ValueTask OnChangeAsync(Site site, Change change, bool own, CancellationToken cancellation) =>
            ++Told == 1 ? throw new TableUnavailableException("Not now.") : ValueTask.CompletedTask;
    }
}
