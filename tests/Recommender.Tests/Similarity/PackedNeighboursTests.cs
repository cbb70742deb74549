using CsCheck;
using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Tests.Similarity;

public sealed class PackedNeighboursTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(1));

    private static readonly string[] Pool = ["harbour", "North Korea", "ferry", "Ærøskøbing", "北京"];

    private static readonly Gen<string[]> Words = Gen.Int[0, Pool.Length - 1].Select(word => Pool[word]).Array[0, 4];

    private static readonly Gen<Neighbour> Neighbours =
        from id in Gen.String[1, 40]
        from similarity in Gen.Int[0, 1_000_000]
        from minutes in Gen.Int[-3_000_000, 3_000_000]
        from features in Gen.Byte.Array[0, 20]
        from terms in Words
        from topics in Words
        from evergreen in Gen.Bool
        select new Neighbour(id, Math.Round(similarity / 1e6, 6), Published.AddMinutes(minutes), terms)
        {
            Strength = Math.Round(similarity / 2e6, 6),
            Features = features,
            Topics = topics,
            Evergreen = evergreen,
        };

    [Fact]
    public void A_list_comes_back_as_it_was() => Neighbours.Array[0, 130].Sample(neighbours =>
    {
        var list = List(neighbours);

        var back = PackedNeighbours.Unpack(PackedNeighbours.Pack(list))!;

        Assert.Equal(list.Page.Id, back.Page.Id);
        Assert.Equal(list.Page.Published, back.Page.Published);
        Assert.Equal(list.Neighbours.Select(Told), back.Neighbours.Select(Told));
    });

    [Fact]
    public void Bytes_of_another_format_are_as_good_as_none()
    {
        Assert.Null(PackedNeighbours.Unpack([]));
        Assert.Null(PackedNeighbours.Unpack("{}"u8.ToArray()));
    }

    [Fact]
    public void Damaged_bytes_are_told_from_a_list()
    {
        var whole = PackedNeighbours.Pack(List([new Neighbour("story", 0.5, Published, ["harbour", "ferry"]) { Topics = ["harbour"], Features = [1, 2, 3] }]));

        Assert.All(Enumerable.Range(1, whole.Length - 1), length => Assert.Throws<InvalidDataException>(() => PackedNeighbours.Unpack(whole[..length])));
        Assert.Throws<InvalidDataException>(() => PackedNeighbours.Unpack([whole[0], 0xFF, 0xFF, 0xFF, 0xFF, 0x07]));
    }

    private static NeighbourList List(Neighbour[] neighbours) =>
        new(new ArticleCard { Id = "page", Url = "https://gazette.example/page", Title = "Page", Published = Published, Language = "en" }, neighbours);

    private static (string, double, double, DateTimeOffset, bool, string, string, string) Told(Neighbour neighbour) => (
        neighbour.Id,
        neighbour.Similarity,
        neighbour.Strength,
        neighbour.Published,
        neighbour.Evergreen,
        Convert.ToHexString(neighbour.Features),
        string.Join('|', neighbour.Terms),
        string.Join('|', neighbour.Topics));
}
