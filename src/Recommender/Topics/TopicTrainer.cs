using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Recommender.Articles;
using Recommender.Text;

namespace Recommender.Topics;

/// <summary>An article that its publisher filed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Terms">Its key terms.</param>
/// <param name="Topics">The topics it is under.</param>
public sealed record FiledArticle(string Id, PackedTerms Terms, IReadOnlyList<Topic> Topics);

/// <summary>
/// Learns a site's topics from the articles that its publisher filed: logistic regression by Microsoft.ML (L-BFGS, one thread, so that the same articles always give the same model).
/// A quarter of the articles is held out by a hash of their ids: on them the floor is chosen, and the model is judged.
/// </summary>
public static class TopicTrainer
{
    /// <summary>Fewest articles that a topic needs to be learned.</summary>
    public const int FewestExamples = 20;

    /// <summary>Fewest topics that are worth a model.</summary>
    public const int FewestTopics = 2;

    /// <summary>Most articles that are learned from.</summary>
    public const int MostArticles = 20_000;

    private const int MostTopics = 200;
    private const int HeldOutOneIn = 4;
    private const int Seed = 1;

    // Weight of the L2 penalty. On digitalgov, held-out macro-F1 stays within 0.01 from a third of it to ten times as much.
    private const float Smoothing = 0.1f;

    /// <summary>The model, and how good it is on what was held out; no model when too little is filed.</summary>
    public static (TopicModel? Model, TopicFigures? Figures) Train(IEnumerable<FiledArticle> filed, CancellationToken cancellation = default)
    {
        var sample = new TopicSample(MostArticles);
        foreach (var article in filed)
        {
            sample.Add(article);
        }

        var articles = sample.Articles;
        var topics = Known(articles);
        if (topics.Count < FewestTopics)
        {
            return (null, null);
        }

        var kept = articles.Where(article => TopicSample.HashOf(article.Id) % HeldOutOneIn != 0).ToList();
        var heldOut = articles.Where(article => TopicSample.HashOf(article.Id) % HeldOutOneIn == 0).ToList();
        var trial = Fit(kept, topics, cancellation);
        var judged = heldOut.ConvertAll(article => TopicJudgement.Of(article, trial, topics));
        var final = Fit(articles, topics, cancellation);
        return (new TopicModel(final.Idf, final.Topics, TopicFigures.FloorFor(judged, topics.Count)), TopicFigures.Of(judged, topics.Count));
    }

    private static List<Topic> Known(List<FiledArticle> articles) => [.. articles
        .SelectMany(article => article.Topics)
        .GroupBy(topic => topic.Slug, StringComparer.Ordinal)
        .Where(topic => topic.Count() >= FewestExamples)
        .OrderByDescending(topic => topic.Count())
        .ThenBy(topic => topic.Key, StringComparer.Ordinal)
        .Take(MostTopics)

        // Of several spellings of a name the most frequent one.
        .Select(topic => topic.GroupBy(spelling => spelling.Name, StringComparer.Ordinal)
            .OrderByDescending(spelling => spelling.Count()).ThenBy(spelling => spelling.Key, StringComparer.Ordinal).First().First())];

    private static (float[] Idf, IReadOnlyList<TopicWeights> Topics) Fit(List<FiledArticle> articles, List<Topic> topics, CancellationToken cancellation)
    {
        var idf = TopicFeatures.Idf(articles.ConvertAll(article => article.Terms));
        var features = articles.ConvertAll(article => TopicFeatures.Of(article.Terms, idf))
            .ConvertAll(article => new VBuffer<float>(TopicFeatures.Dimensions, article.Indices.Length, article.Values, article.Indices));
        var weights = topics.AsParallel().AsOrdered().WithCancellation(cancellation).Select(topic => Fit(articles, features, topic)).ToList();
        return (idf, weights);
    }

    private static TopicWeights Fit(List<FiledArticle> articles, List<VBuffer<float>> features, Topic topic)
    {
        var positives = articles.ConvertAll(article => article.Topics.Any(other => other.Slug == topic.Slug));
        var count = positives.Count(isPositive => isPositive);
        if (count == 0 || count == articles.Count)
        {
            return new TopicWeights(topic, 0, new Half[TopicFeatures.Dimensions]);
        }

        // Those of a topic weigh as much as all others, or rare topics would never be sure enough.
        var weight = (articles.Count - count) / (float)count;
        var context = new MLContext(Seed);
        var data = context.Data.LoadFromEnumerable(
            features.Zip(positives, (vector, isPositive) => new Example { Features = vector, Label = isPositive, Weight = isPositive ? weight : 1 }), Example.Schema);
        var model = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            ExampleWeightColumnName = nameof(Example.Weight),
            L1Regularization = 0,
            L2Regularization = Smoothing,
            OptimizationTolerance = 1e-4f,
            MaximumNumberOfIterations = 50,
            NumberOfThreads = 1,
        }).Fit(context.Data.Cache(data)).Model.SubModel;
        return new TopicWeights(topic, model.Bias, [.. model.Weights.Select(value => (Half)value)]);
    }

    private sealed class Example
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        public float Weight { get; set; }

        public static SchemaDefinition Schema { get; } = Create();

        private static SchemaDefinition Create()
        {
            var schema = SchemaDefinition.Create(typeof(Example));
            schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, TopicFeatures.Dimensions);
            return schema;
        }
    }
}
