using Recommender.Similarity;
using Recommender.Similarity.Packs;
using Recommender.Tests.Support;
using Recommender.Threads;
using static Recommender.Tests.Support.Stories;

namespace Recommender.Tests.Similarity.Packs;

public sealed class IndexPackTests
{
    [Fact]
    public async Task Articles_come_back_as_they_were_packed()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1), Ferry(2), Orchard(1) with { Language = "de", Topics = ["Äpfel", "Garden"], Evergreen = true });
        var index = await newsroom.Get<SiteIndexes>().GetAsync(newsroom.Site);
        var article = index.Find("ferry-1")! with { Links = [1, uint.MaxValue], Latent = LatentVector.FromBytes([1, 2, 3, 4, 5]) };
        PackedArticle[] packed =
        [
            new("ferry-1", article, new StoryThread("t-ferry-1", "Brennan Sound · ferry")), PackedArticle.Of(index, "ferry-2"), new("gone", null, null), PackedArticle.Of(index, "orchard-1"),
        ];

        var read = IndexPack.Read(IndexPack.Write(packed));

        Assert.Equivalent(packed, read, strict: true);
        Assert.Equal(packed.Select(one => one.Article?.Terms), read.Select(one => one.Article?.Terms));
        Assert.Equal(article.Latent!.ToBytes(), read[0].Article!.Latent!.ToBytes());
        Assert.Equal(["apfel", "garden"], read[3].Article!.Topics.Order());
        Assert.True(read[3].Article!.Evergreen);
        Assert.Empty(IndexPack.Read(IndexPack.Write([])));
    }

    [Fact]
    public async Task A_pack_that_is_cut_off_or_of_another_format_is_told()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.ImportAsync(Ferry(1));
        var pack = IndexPack.Write([PackedArticle.Of(await newsroom.Get<SiteIndexes>().GetAsync(newsroom.Site), "ferry-1")]);

        for (var length = 0; length < pack.Length; length++)
        {
            if (length != 1)
            {
                Assert.Throws<InvalidDataException>(() => IndexPack.Read(pack[..length]));
            }
        }

        Assert.Throws<InvalidDataException>(() => IndexPack.Read([(byte)(pack[0] + 1), .. pack[1..]]));
    }
}
