using System.Text;
using CsCheck;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;

namespace Recommender.Tests.Ranking.Models;

public sealed class LearnedModelTests
{
    private static readonly double[] NoWeights = new double[FeatureTable.Columns.Count];

    [Fact]
    public void A_model_comes_back_from_its_bytes_and_judges_the_same() =>
        Gen.Select(Pairs.Models.Where(model => model is LearnedModel).Select(model => (LearnedModel)model), Pairs.PackedFeatures).Sample((model, features) =>
        {
            var read = LearnedModel.FromBytes(model.ToBytes());
            var row = FeatureTable.Of([(features, TimeSpan.FromDays(3))]).Row(0);

            Assert.Equal(model.ToBytes(), read.ToBytes());
            Assert.Equal((model.LogOdds(row), model.Baseline, model.Source), (read.LogOdds(row), read.Baseline, read.Source));
        });

    [Fact]
    public void A_way_through_a_tree_counts_for_the_columns_that_decided_it()
    {
        var model = new LearnedModel(Pairs.Content(0.25, NoWeights, new Tree([0, -1, 1, -1, -1], [0.5f, 0, 0.5f, 0, 0], [1, 0, 3, 0, 0], [2, 0, 4, 0, 0], [0.1, -1, 0.4, 0.2, 2])));
        Span<float> row = stackalloc float[FeatureTable.Columns.Count];
        row.Clear();
        Assert.Equal(0.25 - 1, model.LogOdds(row), 12);

        (row[0], row[1]) = (0.6f, 0.7f);
        Span<double> contributions = stackalloc double[row.Length];
        contributions.Clear();
        model.Contribute(row, contributions);

        Assert.Equal(0.35, model.Baseline, 12);
        Assert.Equal(0.3, contributions[0], 12);
        Assert.Equal(1.6, contributions[1], 12);
        Assert.Equal(0.25 + 2, model.LogOdds(row), 12);
    }

    public static TheoryData<string, LearnedModelContent> Damages() => new()
    {
        { "foreign columns", Pairs.Content(0, NoWeights) with { Columns = ["words", "moustaches"] } },
        { "columns in another order", Pairs.Content(0, NoWeights) with { Columns = [.. FeatureTable.Columns.Reverse().Select(column => column.Name)] } },
        { "too few weights", Pairs.Content(0, [1, 2]) },
        { "a circle", Pairs.Content(0, NoWeights, new Tree([0, -1], [0, 0], [0, 0], [1, 0], [0, 0])) },
        { "a way back", Pairs.Content(0, NoWeights, new Tree([0, 0, -1], [0, 0, 0], [1, 0, 0], [2, 2, 0], [0, 0, 0])) },
        { "a way out", Pairs.Content(0, NoWeights, new Tree([0, -1], [0, 0], [1, 0], [2, 0], [0, 0])) },
        { "a column that is not there", Pairs.Content(0, NoWeights, new Tree([FeatureTable.Columns.Count, -1, -1], [0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 0, 0])) },
        { "no nodes", Pairs.Content(0, NoWeights, new Tree([], [], [], [], [])) },
        { "too few values", Pairs.Content(0, NoWeights, new Tree([0, -1, -1], [0, 0, 0], [1, 0, 0], [2, 0, 0], [0])) },
        { "a value that is no number", Pairs.Content(0, NoWeights, new Tree([-1], [0], [0], [0], [double.NaN])) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_damaged_or_made_for_other_features_is_refused(string damage, LearnedModelContent content)
    {
        Assert.NotEmpty(damage);
        Assert.Throws<FormatException>(() => new LearnedModel(content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("""{"source":"x","columns":null,"offset":0,"weights":null,"trees":null}""")]
    public void Bytes_that_are_none_of_it_are_refused(string text) => Assert.Throws<FormatException>(() => LearnedModel.FromBytes(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_tree_without_its_arrays_is_refused()
    {
        var bytes = new LearnedModel(Pairs.Content(0, NoWeights, new Tree([-1], [0], [0], [0], [1]))).ToBytes();
        var damaged = Encoding.UTF8.GetString(bytes).Replace("\"left\":[0],", "", StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(bytes.Length, damaged.Length);

        Assert.Throws<FormatException>(() => LearnedModel.FromBytes(Encoding.UTF8.GetBytes(damaged)));
    }
}
