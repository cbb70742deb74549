using CsCheck;
using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Tests.Similarity;

public sealed class NeighbourListTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly NeighbourList Empty = new(new ArticleCard { Id = "page", Url = "https://gazette.example/page", Title = "Page", Published = Published, Language = "en" }, []);

    private static readonly Gen<Neighbour> Neighbours =
        from id in Gen.Int[0, 200]
        from similarity in Gen.Double[0, 1]
        select Near($"story-{id}", similarity);

    [Fact]
    public void An_arrival_takes_the_place_that_its_similarity_gives_it()
    {
        var list = Empty.With([Near("a", 0.9), Near("c", 0.5)], Nobody)!.With([Near("b", 0.7)], Nobody)!;

        Assert.Equal(["a", "b", "c"], list.Neighbours.Select(near => near.Id));
    }

    [Fact]
    public void An_arrival_that_is_there_already_moves()
    {
        var list = Empty.With([Near("a", 0.9), Near("b", 0.5)], Nobody)!.With([Near("a", 0.1)], Nobody)!;

        Assert.Equal(["b", "a"], list.Neighbours.Select(near => near.Id));
    }

    [Fact]
    public void What_changes_nothing_is_not_written()
    {
        var list = Empty.With([Near("a", 0.9)], Nobody)!;

        Assert.Null(list.With([Near("a", 0.9)], Nobody));
        Assert.Null(list.With([], new HashSet<string> { "stranger" }));
        Assert.Null(list.With([Near("page", 1)], Nobody));
    }

    [Fact]
    public void A_list_is_sorted_bounded_and_names_each_once_whatever_happens_to_it() =>
        Gen.Select(Neighbours.Array[0, 100], Neighbours.Array[0, 100], Gen.Int[0, 200].Array[0, 50]).Sample((first, second, leaving) =>
        {
            var gone = leaving.Select(id => $"story-{id}").ToHashSet();
            var list = Empty.With(Once(first), Nobody) ?? Empty;
            list = list.With(Once(second).Where(near => !gone.Contains(near.Id)), gone) ?? list;

            Assert.True(list.Neighbours.Count <= NeighbourList.Capacity);
            Assert.Equal(list.Neighbours.Order(NeighbourList.Order), list.Neighbours);
            Assert.Equal(list.Neighbours.Count, list.Neighbours.Select(near => near.Id).Distinct().Count());
            Assert.DoesNotContain(list.Neighbours, near => gone.Contains(near.Id));
        });

    private static IReadOnlySet<string> Nobody { get; } = new HashSet<string>();

    private static Neighbour Near(string id, double similarity) => new(id, similarity, Published, []);

    private static IEnumerable<Neighbour> Once(IEnumerable<Neighbour> neighbours) => neighbours.DistinctBy(near => near.Id);
}
