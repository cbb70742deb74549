using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Text;
using Recommender.Threads;

namespace Recommender.Tests.Tables;

public abstract partial class TableContract
{
    private const int PackedArticles = 300;
    private const int ManyLinks = 2_000;

    [SkippableFact]
    public async Task A_kept_index_comes_back_whole_and_goes_with_its_generation()
    {
        var (site, table) = (SiteOf(), new IndexPackTable(store));
        var image = Enumerable.Range(1, 20).Select(part => Noise(part < 20 ? 600 * 1024 : 100)).ToList();
        await table.BeginAsync(site, 1);
        await table.PutAsync(site, 1, [.. image, Noise(1_000)]);
        await table.PutAsync(site, 1, image);
        Assert.Null(await table.FindAsync(site));
        var state = new IndexPackState(1, Asked, -5);
        await table.UseAsync(site, state);

        Assert.Equal(state, await table.FindAsync(site));
        Assert.Equal(image, await table.ImageAsync(site, 1).ToListAsync());
        Assert.Empty(await table.AdditionsAsync(site, 1).ToListAsync());

        await table.SweepAsync(site);
        await table.BeginAsync(site, 2);
        await table.UseAsync(site, state with { Generation = 2 });
        await table.UseAsync(site, state);
        Assert.Equal(2, (await table.FindAsync(site))!.Value.Generation);
        Assert.Equal(20, await table.ImageAsync(site, 1).CountAsync());
        await table.SweepAsync(site);
        Assert.Empty(await table.ImageAsync(site, 1).ToListAsync());
    }

    [SkippableFact]
    public async Task What_is_added_to_a_kept_index_comes_back_in_order_whatever_the_size_of_its_articles()
    {
        var (site, table) = (SiteOf(), new IndexPackTable(store));
        var added = Enumerable.Range(0, PackedArticles).Select(number => Packed(number, number % 3 == 0 ? ManyLinks : 1)).ToList();
        await table.AddAsync(site, 1, "20260101-run", added);
        await table.AddAsync(site, 1, "20260102-run", [new PackedArticle("article-7", null, null)]);

        var read = await table.AdditionsAsync(site, 1).ToListAsync();

        Assert.Equal(new PackedArticle("article-7", null, null), read[^1]);
        Assert.Equal(added.OrderBy(article => article.Id).Select(Bytes), read[..^1].OrderBy(article => article.Id).Select(Bytes));

        static string Bytes(PackedArticle article) => Convert.ToHexString(IndexPack.Write([article]));
    }

    // Links that deflate as badly as hashes do.
    private static PackedArticle Packed(int number, int links)
    {
        var random = new Random(number);
        var article = new IndexedArticle($"article-{number}", Asked, "en", PackedTerms.Pack([], 100)) { Links = [.. Enumerable.Range(0, links).Select(_ => (uint)random.NextInt64(uint.MaxValue))] };
        return new PackedArticle(article.Id, article, number % 2 == 0 ? new StoryThread("thread", "Ferry · strike") : null);
    }
}
