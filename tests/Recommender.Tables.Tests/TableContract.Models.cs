using System.Runtime.CompilerServices;
using Recommender.Models;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    private const int SeveralRows = 2_500_000;

    private ModelTable Models => new(store);

    [SkippableFact]
    public async Task A_model_comes_back_as_it_was_put_of_whatever_length()
    {
        var site = SiteOf();
        foreach (var length in new[] { 0, 1, 60 * 1024, SeveralRows })
        {
            var content = Noise(length);
            await Models.PutAsync(site, $"of {length}", content);
            Assert.Equal(content, await Models.GetAsync(site, $"of {length}"));
        }

        Assert.Null(await Models.GetAsync(site, "none"));
        Assert.Equal(0, await Models.GenerationAsync(site, "none"));
    }

    [SkippableFact]
    public async Task The_last_model_put_is_read_and_only_the_one_before_is_kept_beside_it()
    {
        var site = SiteOf();
        var generations = new List<long>();
        for (var version = 1; version <= 4; version++)
        {
            generations.Add(await Models.PutAsync(site, "ranker", Noise(version * 1000)));
        }

        Assert.Equal(generations.Order().Distinct(), generations);
        Assert.Equal(generations[^1], await Models.GenerationAsync(site, "ranker"));
        Assert.Equal(Noise(4000), await Models.GetAsync(site, "ranker"));
        var parts = await Task.WhenAll(generations.Select(generation => PartsAsync(site, "ranker", generation)));
        Assert.Equal([0, 0, 1, 1], parts);
    }

    [SkippableFact]
    public async Task The_same_model_again_changes_nothing()
    {
        var site = SiteOf();
        var first = await Models.PutAsync(site, "ranker", Noise(100));

        Assert.Equal(first, await Models.PutAsync(site, "ranker", Noise(100)));
        Assert.NotEqual(first, await Models.PutAsync(site, "ranker", Noise(101)));
    }

    [SkippableFact]
    public async Task A_deleted_model_is_gone_and_its_generation_is_not_used_again()
    {
        var site = SiteOf();
        var first = await Models.PutAsync(site, "topics", Noise(100));
        await Models.DeleteAsync(site, "topics");
        await Models.DeleteAsync(site, "never there");

        Assert.Null(await Models.GetAsync(site, "topics"));
        Assert.Equal(0, await PartsAsync(site, "topics", first));
        Assert.True(await Models.PutAsync(site, "topics", Noise(100)) > first);
        Assert.Equal(Noise(100), await Models.GetAsync(site, "topics"));
    }

    [SkippableFact]
    public async Task Models_of_different_names_and_sites_do_not_meet()
    {
        var site = SiteOf();
        var other = site with { Id = site.Id + "-other" };
        await Models.PutAsync(site, "a/b", Noise(10));
        await Models.PutAsync(site, "a", Noise(20));
        await Models.PutAsync(other, "a", Noise(30));

        Assert.Equal(Noise(10), await Models.GetAsync(site, "a/b"));
        Assert.Equal(Noise(20), await Models.GetAsync(site, "a"));
        Assert.Equal(Noise(30), await Models.GetAsync(other, "a"));
    }

    [SkippableFact]
    public async Task A_reader_among_many_writers_always_has_one_whole_model()
    {
        var site = SiteOf();
        await Models.PutAsync(site, "ranker", Noise(1));
        var writers = Enumerable.Range(1, 8).Select(i => Models.PutAsync(site, "ranker", Noise(900_000 + i))).ToList();
        while (!Task.WhenAll(writers).IsCompleted)
        {
            var read = (await Models.GetAsync(site, "ranker"))!;
            Assert.Equal(Noise(read.Length), read);
        }

        var generations = await Task.WhenAll(writers);
        var last = (await Models.GetAsync(site, "ranker"))!;
        Assert.Equal(8, generations.Distinct().Count());
        Assert.Equal(generations.Max(), await Models.GenerationAsync(site, "ranker"));
        Assert.Equal(Noise(900_001 + Array.IndexOf(generations, generations.Max())), last);
    }

    [SkippableFact]
    public async Task A_damaged_model_is_not_given_out()
    {
        var site = SiteOf();
        var generation = await Models.PutAsync(site, "ranker", Noise(SeveralRows));
        var table = store.Table(TableNames.Model);
        await table.SubmitAsync(RowChange.Delete(Keys.Join(site.Id, "ranker", $"{generation}"), "000001"));

        await Assert.ThrowsAsync<InvalidDataException>(() => Models.GetAsync(site, "ranker"));
    }

    private static Site SiteOf([CallerMemberName] string test = "") => new() { Id = test.ToLowerInvariant(), Name = test };

    private async Task<int> PartsAsync(Site site, string name, long generation) =>
        await store.Table(TableNames.Model).QueryAllAsync(Keys.Join(site.Id, name, $"{generation}")).CountAsync();
}
