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
    public async Task Packs_come_back_whole_whatever_the_size_of_their_articles_and_go_with_their_generation()
    {
        var (site, packs) = (SiteOf(), new IndexPackTable(store));
        var written = Enumerable.Range(0, PackedArticles).Select(number => Packed(number, number % 3 == 0 ? ManyLinks : 1)).ToList();
        await packs.BeginAsync(site, 1);
        await packs.PutAsync(site, 1, written);
        Assert.Null(await packs.FindAsync(site));
        var state = new IndexPackState(1, Asked);
        await packs.UseAsync(site, state);

        Assert.Equal(state, await packs.FindAsync(site));
        var read = await packs.ReadAsync(site, 1).ToListAsync();
        Assert.Equal(written.OrderBy(article => article.Id).Select(Bytes), read.OrderBy(article => article.Id).Select(Bytes));

        await packs.AddAsync(site, 1, "run", [new PackedArticle("article-7", null, null)]);
        Assert.Equal(new PackedArticle("article-7", null, null), (await packs.ReadAsync(site, 1).ToListAsync())[^1]);
        await packs.SweepAsync(site);
        Assert.Equal(PackedArticles + 1, await packs.ReadAsync(site, 1).CountAsync());

        await packs.BeginAsync(site, 2);
        await packs.UseAsync(site, state with { Generation = 2 });
        await packs.UseAsync(site, state);
        Assert.Equal(2, (await packs.FindAsync(site))!.Value.Generation);
        await packs.SweepAsync(site);
        Assert.Empty(await packs.ReadAsync(site, 1).ToListAsync());

        static string Bytes(PackedArticle article) => Convert.ToHexString(IndexPack.Write([article]));
    }

    // Links that deflate as badly as hashes do.
    private static PackedArticle Packed(int number, int links)
    {
        var random = new Random(number);
        var terms = PackedTerms.Pack([], 100);
        var article = new IndexedArticle($"article-{number}", Asked, "en", terms) { Links = [.. Enumerable.Range(0, links).Select(_ => (uint)random.NextInt64(uint.MaxValue))] };
        return new PackedArticle(article.Id, article, number % 2 == 0 ? new StoryThread("thread", "Ferry · strike") : null);
    }
}
