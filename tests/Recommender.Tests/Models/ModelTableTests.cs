using Recommender.Models;
using Recommender.Tables;
using Recommender.Tests.Support;

namespace Recommender.Tests.Models;

public sealed class ModelTableTests : IAsyncLifetime
{
    private Newsroom newsroom = null!;

    public async Task InitializeAsync() => newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await newsroom.DisposeAsync();

    [Fact]
    public async Task A_writer_that_is_killed_anywhere_leaves_the_old_model_or_the_new_one_and_nothing_for_good()
    {
        var models = newsroom.Get<ModelTable>();
        var content = Noise(1);
        await models.PutAsync(newsroom.Site, "ranker", content);
        for (var writes = 0; ; writes++)
        {
            var next = Noise(writes + 2);
            await using var dying = newsroom.OpenAnother(store => new DyingStore(store, writes, TableNames.Model));
            var failure = await Record.ExceptionAsync(() => dying.Get<ModelTable>().PutAsync(newsroom.Site, "ranker", next));

            var read = (await models.GetAsync(newsroom.Site, "ranker"))!;
            Assert.True(read.AsSpan().SequenceEqual(content) || read.AsSpan().SequenceEqual(next), $"Killed after {writes} writes.");
            content = read;
            if (failure is null)
            {
                Assert.Equal(next, read);
                break;
            }
        }

        await models.PutAsync(newsroom.Site, "ranker", Noise(100));
        var last = await models.PutAsync(newsroom.Site, "ranker", Noise(101));
        var kept = new List<long>();
        for (var generation = 1L; generation <= last; generation++)
        {
            var parts = await newsroom.Store.Table(TableNames.Model).QueryAllAsync(Keys.Join(newsroom.Site.Id, "ranker", $"{generation}")).CountAsync();
            kept.AddRange(parts > 0 ? [generation] : []);
        }

        Assert.Equal([last - 1, last], kept);
    }

    private static byte[] Noise(int seed)
    {
        var noise = new byte[1_700_000];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
