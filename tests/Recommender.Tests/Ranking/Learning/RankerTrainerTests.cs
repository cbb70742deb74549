using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;

namespace Recommender.Tests.Ranking.Learning;

public sealed class RankerTrainerTests
{
    [Fact]
    public void What_editors_chose_comes_first_on_pages_that_were_not_learned_from()
    {
        var model = RankerTrainer.Train([.. Enumerable.Range(0, 60).Select(Easy)], "run 1");

        Assert.Equal("run 1", model.Source);
        foreach (var list in Enumerable.Range(1_000, 20).Select(Easy))
        {
            Assert.InRange(list.NdcgOf(model), 0.99, 1);
            var (chosen, others) = (list.Stories.Index().Where(IsChosen(list)).ToList(), list.Stories.Index().Where(story => !IsChosen(list)(story)).ToList());
            Assert.True(chosen.Min(story => Probability(model, list, story.Index)) > 0.5);
            Assert.True(others.Max(story => Probability(model, list, story.Index)) < 0.5);
        }
    }

    [Fact]
    public void The_same_lists_give_the_same_ranker_to_the_byte() =>
        Assert.Equal(
            RankerTrainer.Train([.. Enumerable.Range(0, 40).Select(Easy)], "run").ToBytes(),
            RankerTrainer.Train([.. Enumerable.Range(0, 40).Select(Easy)], "run").ToBytes());

    [Fact]
    public void Where_nothing_or_everything_was_chosen_there_is_nothing_to_learn()
    {
        var list = Easy(1);
        var none = list with { Grades = new Dictionary<string, int> { ["elsewhere"] = 1 } };
        var all = list with { Grades = list.Stories.ToDictionary(story => story, _ => 1) };

        Assert.Throws<ArgumentException>(() => RankerTrainer.Train([none], "run"));
        Assert.Throws<ArgumentException>(() => RankerTrainer.Train([all], "run"));
        Assert.Throws<ArgumentException>(() => RankerTrainer.Train([], "run"));
        Assert.NotEmpty(RankerTrainer.Train([none, all], "run").ToBytes());
    }

    [Fact]
    public void Where_every_page_has_one_story_a_ranker_is_learned_all_the_same()
    {
        var lists = Enumerable.Range(0, 120).Select(page => List(page, [(Pairs.Packed(("words", page % 2 == 0 ? 0.9 : 0.1)), page % 2 == 0)])).ToList();

        var model = RankerTrainer.Train(lists, "run");

        Assert.True(Probability(model, lists[0], 0) > Probability(model, lists[1], 0));
    }

    [Fact]
    public void Validation_tells_a_ranker_that_learns_from_one_that_is_wrong()
    {
        var wrong = new LinearModel("wrong", 0, new Dictionary<string, double> { ["names"] = -5 });

        var validation = RankerValidation.Of([.. Enumerable.Range(0, 60).Select(Easy)], wrong);

        Assert.InRange(validation.Learned, 0.95, 1);
        Assert.InRange(validation.Current, 0, 0.5);
    }

    // Editors choose what shares names; words in common are many and tell nothing.
    private static JudgedList Easy(int page)
    {
        var random = new Random(page);
        return List(page, [.. Enumerable.Range(0, 12).Select(story =>
        {
            var isChosen = story % 4 == page % 4;
            return (Pairs.Packed(("words", random.NextDouble()), ("names", (isChosen ? 0.6 : 0) + (0.35 * random.NextDouble())), ("length", random.NextDouble())), isChosen);
        })]);
    }

    private static JudgedList List(int page, IReadOnlyList<(byte[] Features, bool IsChosen)> stories) => new(
        $"page-{page}",
        [.. stories.Select((_, place) => $"s{place:00}")],
        FeatureTable.Of([.. stories.Select((story, place) => (story.Features, TimeSpan.FromDays(place % 5)))]),
        stories.Index().Where(story => story.Item.IsChosen).ToDictionary(story => $"s{story.Index:00}", _ => 1) is { Count: > 0 } grades ? grades : new Dictionary<string, int> { ["elsewhere"] = 1 });

    private static Func<(int Index, string Item), bool> IsChosen(JudgedList list) => story => list.Grades.ContainsKey(story.Item);

    private static double Probability(LearnedModel model, JudgedList list, int place) => RelevanceModel.Probability(model.LogOdds(list.Table.Row(place)));
}
