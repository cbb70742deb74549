using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Recommender.Ranking.Features;
using Recommender.Ranking.Models;

namespace Recommender.Ranking.Learning;

/// <summary>Fits a weight for each column by logistic regression over several corpora, in each of which the stories that editors chose count the same together, however many there are.</summary>
public static class LogisticTrainer
{
    private const float Regularisation = 0.1f;
    private const float CorpusWeight = 1_000;

    /// <summary>The fit.</summary>
    /// <param name="corpora">Lists by corpus.</param>
    /// <param name="shares">How much each counts; null: all the same.</param>
    /// <param name="without">Features (families of columns) that play no part.</param>
    public static LinearModel Fit(IEnumerable<IReadOnlyList<JudgedList>> corpora, IReadOnlyList<double>? shares = null, params IReadOnlyCollection<string> without)
    {
        var columns = FeatureTable.Columns.Index().Where(column => !without.Contains(column.Item.Family)).Select(column => column.Index).ToArray();
        var examples = corpora.SelectMany((lists, corpus) => Examples(lists, shares?[corpus] ?? 1, columns)).ToList();
        var schema = SchemaDefinition.Create(typeof(WeighedExample));
        schema[nameof(WeighedExample.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        var context = new MLContext(seed: 0);
        var fit = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(WeighedExample.Label),
            FeatureColumnName = nameof(WeighedExample.Features),
            ExampleWeightColumnName = nameof(WeighedExample.Weight),
            L1Regularization = 0,
            L2Regularization = Regularisation,
            NumberOfThreads = 1,
            OptimizationTolerance = 1e-6f,
        }).Fit(context.Data.Cache(context.Data.LoadFromEnumerable(examples, schema))).Model.SubModel;
        return new LinearModel("fit", fit.Bias, columns.Zip(fit.Weights).ToDictionary(pair => FeatureTable.Columns[pair.First].Name, pair => Math.Round((double)pair.Second, 3)));
    }

    private static IEnumerable<WeighedExample> Examples(IReadOnlyList<JudgedList> lists, double share, int[] columns)
    {
        var weight = (float)share * CorpusWeight / Math.Max(1, lists.Sum(list => list.Stories.Count(story => list.Grades.GetValueOrDefault(story) > 0)));
        return lists.SelectMany(list => list.Stories.Select((story, place) => new WeighedExample
        {
            Label = list.Grades.GetValueOrDefault(story) > 0,
            Weight = weight,
            Features = Array.ConvertAll(columns, column => list.Table.Row(place)[column]),
        }));
    }

    private sealed class WeighedExample
    {
        public bool Label { get; set; }

        public float Weight { get; set; }

        public float[] Features { get; set; } = [];
    }
}
