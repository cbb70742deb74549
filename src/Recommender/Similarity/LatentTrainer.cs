using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>Learns a site's latent subjects: the principal components of its articles' weighted words, by the randomised projection of Microsoft.ML.</summary>
public static class LatentTrainer
{
    /// <summary>Most subjects, and so bytes of an article's vector.</summary>
    public const int Rank = 96;

    /// <summary>Most articles that are learned from; more would not tell more.</summary>
    public const int MostArticles = 20_000;

    /// <summary>Fewest articles worth learning from.</summary>
    public const int FewestArticles = 200;

    private const int Oversampling = 96;
    private const int MostWords = 16_384;
    private const int FewestOccurrences = 3;

    /// <summary>Learns from articles, the same from the same; null when there are too few, or they are too much alike to have subjects.</summary>
    /// <param name="articles">The articles, in an order that is always the same.</param>
    public static LatentProjection? Train(IReadOnlyList<IndexedArticle> articles)
    {
        if (articles.Count < FewestArticles)
        {
            return null;
        }

        // Of very many, every so-manieth, which is as good and bounds the time.
        var step = Math.Max(1, articles.Count / MostArticles);
        var sample = articles.Where((_, place) => place % step == 0).Take(MostArticles).ToList();
        var frequencies = new Dictionary<uint, int>();
        foreach (var hash in sample.SelectMany(article => Words(article.Terms).Select(article.Terms.HashAt)))
        {
            frequencies[hash] = frequencies.GetValueOrDefault(hash) + 1;
        }

        var vocabulary = frequencies.Where(word => word.Value >= FewestOccurrences)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key).Take(MostWords).Select(word => word.Key).ToArray();
        var rank = Math.Min(Rank, vocabulary.Length / 4);
        if (rank < 2)
        {
            return null;
        }

        var told = Array.ConvertAll(vocabulary, word => (float)TermStatistics.Idf(frequencies[word], sample.Count));
        var places = vocabulary.Index().ToDictionary(word => word.Item, word => word.Index);
        var examples = sample.Select(article => new Example { Words = Vector(article.Terms, places, told) }).Where(example => example.Words.GetValues().Length > 0).ToList();
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Words)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, vocabulary.Length);
        var context = new MLContext(seed: 0);
        var trainer = context.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options
        {
            FeatureColumnName = nameof(Example.Words),
            Rank = rank,
            Oversampling = Oversampling,
            EnsureZeroMean = false,
            Seed = 0,
        });
        VBuffer<float>[]? components = null;
        try
        {
            trainer.Fit(context.Data.LoadFromEnumerable(examples, schema)).Model.GetEigenVectors(ref components, out _);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException)
        {
            // They span fewer directions than there are to be subjects: the trainer finds no numbers for the rest.
            return null;
        }

        return LatentProjection.Of(vocabulary, told, [.. components.Select(component => component.DenseValues().ToArray())]);
    }

    private static IEnumerable<int> Words(PackedTerms terms) => Enumerable.Range(0, terms.Count).Where(term => !PackedTerms.IsPair(terms.HashAt(term)));

    private static VBuffer<float> Vector(PackedTerms terms, Dictionary<uint, int> places, float[] told)
    {
        var words = Words(terms)
            .Where(term => places.ContainsKey(terms.HashAt(term)))
            .Select(term => (Place: places[terms.HashAt(term)], Weight: terms.WeightAt(term)))
            .OrderBy(word => word.Place)
            .Select(word => (word.Place, Weight: word.Weight * told[word.Place]))
            .ToArray();
        var length = MathF.Sqrt(words.Sum(word => word.Weight * word.Weight));
        return new VBuffer<float>(told.Length, words.Length, Array.ConvertAll(words, word => word.Weight / length), Array.ConvertAll(words, word => word.Place));
    }

    private sealed class Example
    {
        public VBuffer<float> Words { get; set; }
    }
}
