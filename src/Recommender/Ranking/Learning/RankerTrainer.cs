using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;

namespace Recommender.Ranking.Learning;

/// <summary>
/// Learns a ranker from judged lists: boosted trees and a logistic regression, together, that tell the stories editors chose from the others beside them. The same lists always give the same ranker.
/// </summary>
public static class RankerTrainer
{
    private const int Leaves = 16;
    private const int TreesOfEach = 150;
    private const double LearningRate = 0.05;
    private const int FewestExamplesInLeaf = 20;

    // At each split, so that every tree can use every feature, and no two make the same of them.
    private const double FeatureShare = 0.5;
    private const double ExampleShare = 0.8;

    // Trees learn more; the regression keeps them sane where examples are few. Together they do better than either.
    private const double TreeShare = 0.75;

    // Several forests of different draws, averaged: a few hundred judged pages make a single one fickle.
    private const int Forests = 5;

    /// <summary>Whether there is anything to learn: stories that editors chose, and others beside them.</summary>
    public static bool CanLearnFrom(IReadOnlyList<JudgedList> lists)
    {
        var labels = lists.SelectMany(Examples).Select(example => example.Label).Distinct();
        return labels.Take(2).Count() == 2;
    }

    /// <summary>Learns from lists.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="source">What explanations shall call it.</param>
    /// <exception cref="ArgumentException"><see cref="CanLearnFrom"/> says that there is nothing to learn.</exception>
    public static LearnedModel Train(IReadOnlyList<JudgedList> lists, string source)
    {
        if (!CanLearnFrom(lists))
        {
            throw new ArgumentException("A ranker needs stories that editors chose, and others beside them.", nameof(lists));
        }

        var examples = lists.SelectMany(Examples).ToList();
        var linear = LogisticTrainer.Fit([lists]);
        var weights = new double[FeatureTable.Columns.Count];
        linear.Contribute([.. Enumerable.Repeat(1f, weights.Length)], weights);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, FeatureTable.Columns.Count);
        var context = new MLContext(seed: 0);
        var data = context.Data.LoadFromEnumerable(examples, schema);
        var trees = new List<Tree>();
        var offset = (1 - TreeShare) * linear.Baseline;
        for (var forest = 0; forest < Forests; forest++)
        {
            var learned = context.BinaryClassification.Trainers.FastTree(Options(forest)).Fit(data).Model;
            var (slope, bias) = learned.Calibrator is PlattCalibrator platt ? (-platt.Slope, -platt.Offset) : (1, 0);
            offset += (bias + (slope * learned.SubModel.TrainedTreeEnsemble.Bias)) * TreeShare / Forests;
            trees.AddRange(learned.SubModel.TrainedTreeEnsemble.Trees.Zip(
                learned.SubModel.TrainedTreeEnsemble.TreeWeights, (tree, weight) => TreeReader.Read(tree, weight * slope * TreeShare / Forests, examples)));
        }

        return new LearnedModel(new LearnedModelContent
        {
            Source = source,
            Columns = [.. FeatureTable.Columns.Select(column => column.Name)],
            Offset = offset,
            Weights = Array.ConvertAll(weights, weight => weight * (1 - TreeShare)),
            Trees = trees,
        });
    }

    private static FastTreeBinaryTrainer.Options Options(int forest) => new()
    {
        LabelColumnName = nameof(Example.Label),
        FeatureColumnName = nameof(Example.Features),
        NumberOfLeaves = Leaves,
        NumberOfTrees = TreesOfEach,
        LearningRate = LearningRate,
        MinimumExampleCountPerLeaf = FewestExamplesInLeaf,
        FeatureFractionPerSplit = FeatureShare,
        BaggingSize = 1,
        BaggingExampleFraction = ExampleShare,
        NumberOfThreads = 1,
        Seed = forest,
        FeatureSelectionSeed = forest,
    };

    private static IEnumerable<Example> Examples(JudgedList list) => list.Stories.Select((story, place) =>
        new Example { Label = list.Grades.GetValueOrDefault(story) > 0, Features = list.Table.Row(place).ToArray() });
}

/// <summary>A candidate to learn from.</summary>
internal sealed class Example
{
    /// <summary>Whether an editor chose it.</summary>
    public bool Label { get; set; }

    /// <summary>Its row of a <see cref="FeatureTable"/>.</summary>
    public float[] Features { get; set; } = [];
}
