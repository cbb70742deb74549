using Recommender.Changes;
using Recommender.Models;
using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;
using Recommender.Tests.Support;

namespace Recommender.Tests.Ranking.Models;

public sealed class SiteRankersTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_ranker_that_is_adopted_or_taken_away_is_so_everywhere()
    {
        await using var other = newsroom.OpenAnother();
        Assert.Equal(["shipped", "shipped"], new[] { await SourceAsync(newsroom), await SourceAsync(other) });

        await newsroom.Get<RankerLearning>().AdoptAsync(newsroom.Site, Ranker("run 1"));
        Assert.Equal(["run 1", "run 1"], new[] { await SourceAsync(newsroom), await SourceAsync(other) });

        await newsroom.Get<ModelTable>().DeleteAsync(newsroom.Site, SiteRankers.ModelName);
        await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Models = true });
        Assert.Equal(["shipped", "shipped"], new[] { await SourceAsync(newsroom), await SourceAsync(other) });
    }

    [Fact]
    public async Task A_ranker_that_cannot_be_read_is_as_good_as_none()
    {
        await newsroom.Get<ModelTable>().PutAsync(newsroom.Site, SiteRankers.ModelName, [1, 2, 3]);

        Assert.Equal("shipped", await SourceAsync(newsroom));
    }

    [Fact]
    public async Task While_the_store_is_away_the_last_ranker_judges_and_afterwards_the_new_one()
    {
        await newsroom.Get<RankerLearning>().AdoptAsync(newsroom.Site, Ranker("run 1"));
        FailingStore failing = null!;
        await using var other = newsroom.OpenAnother(store => failing = new FailingStore(store));
        Assert.Equal("run 1", await SourceAsync(other));
        await newsroom.Get<RankerLearning>().AdoptAsync(newsroom.Site, Ranker("run 2"));
        newsroom.Time.Advance(TimeSpan.FromSeconds(2));
        await other.Get<ChangeFollower>().CatchUpAsync(other.Site);

        failing.IsDown = true;
        Assert.Equal("run 1", (await other.Get<SiteRankers>().GetAsync(other.Site)).Source);
        failing.IsDown = false;
        newsroom.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("run 2", (await other.Get<SiteRankers>().GetAsync(other.Site)).Source);
    }

    private static LearnedModel Ranker(string source) => new(Pairs.Content(0, new double[FeatureTable.Columns.Count]) with { Source = source });

    private static async Task<string> SourceAsync(Newsroom of)
    {
        of.Time.Advance(TimeSpan.FromSeconds(2));
        await of.Get<ChangeFollower>().CatchUpAsync(of.Site);
        return (await of.Get<SiteRankers>().GetAsync(of.Site)).Source;
    }
}
