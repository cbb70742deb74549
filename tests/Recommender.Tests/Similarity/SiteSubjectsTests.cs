using Recommender.Changes;
using Recommender.Models;
using Recommender.Similarity;
using Recommender.Tests.Support;

namespace Recommender.Tests.Similarity;

public sealed class SiteSubjectsTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_projection_that_is_learned_places_articles_everywhere_and_each_is_told_from_the_last()
    {
        await using var other = newsroom.OpenAnother();
        var archive = LatentTests.Archive(LatentTrainer.FewestArticles);
        Assert.Null((await PlacementAsync(other)).Of(archive[0].Terms));

        var first = await LearnAsync(archive);
        Assert.Equal(first.Of(archive[0].Terms), (await PlacementAsync(other)).Of(archive[0].Terms));
        Assert.NotNull(first.Of(archive[0].Terms));

        var second = await LearnAsync(LatentTests.Archive(LatentTrainer.FewestArticles + 50));
        var there = await PlacementAsync(other);
        Assert.True(second.Generation > first.Generation);
        Assert.Equal(second.Generation, there.Generation);
        Assert.Equal(second.Of(archive[0].Terms), there.Of(archive[0].Terms));
        Assert.Null(LatentVector.Cosine(first.Of(archive[0].Terms), there.Of(archive[0].Terms)));
    }

    [Fact]
    public async Task A_projection_that_cannot_be_read_is_as_good_as_none()
    {
        await newsroom.Get<ModelTable>().PutAsync(newsroom.Site, SiteSubjects.ModelName, [1, 2, 3]);

        var placement = await PlacementAsync(newsroom);

        Assert.Null(placement.Projection);
        Assert.Null(placement.Of(LatentTests.Archive(1)[0].Terms));
    }

    private async Task<Placement> LearnAsync(IReadOnlyList<IndexedArticle> archive)
    {
        var placement = await newsroom.Get<SiteSubjects>().PutAsync(newsroom.Site, LatentTrainer.Train(archive)!);
        await newsroom.Get<ChangeFollower>().AnnounceAsync(newsroom.Site, new Change { Models = true });
        return placement;
    }

    private static async Task<Placement> PlacementAsync(Newsroom of)
    {
        of.Time.Advance(TimeSpan.FromSeconds(2));
        await of.Get<ChangeFollower>().CatchUpAsync(of.Site);
        return await of.Get<SiteSubjects>().GetAsync(of.Site);
    }
}
