using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Recommender.Embeddings;

/// <summary>Learns how to keep a model's long vectors in few bytes: their principal components, by the randomised projection of Microsoft.ML.</summary>
public static class ReductionTrainer
{
    /// <summary>Fewest articles worth learning from.</summary>
    public const int FewestArticles = 16;

    /// <summary>Most articles that are learned from.</summary>
    public const int MostArticles = 4_096;

    private const int Oversampling = 96;

    /// <summary>Learns from vectors, the same from the same; null when there are too few, or all are alike.</summary>
    /// <param name="model">Identity of the model that gave them.</param>
    /// <param name="sampled">Number of articles whose vectors were asked for.</param>
    /// <param name="vectors">The vectors that there are, all of one length, none of them 0.</param>
    public static EmbeddingReduction? Train(string model, int sampled, IReadOnlyList<float[]> vectors)
    {
        if (vectors.Count < FewestArticles)
        {
            return null;
        }

        var dimensions = vectors[0].Length;
        var centre = new float[dimensions];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(centre, EmbeddingReduction.Special(vector, new float[dimensions]), centre);
        }

        TensorPrimitives.Divide(centre, vectors.Count, centre);
        var examples = vectors.Select(vector => new Example { Vector = EmbeddingReduction.Special(vector, centre) }).ToList();
        if (dimensions == 1 || examples.TrueForAll(example => TensorPrimitives.Norm<float>(example.Vector) < 1e-5f))
        {
            return null;
        }

        // Few vectors, less their mean, differ in fewer directions than they are.
        var rank = Math.Min(EmbeddingReduction.MaxRank, Math.Min(dimensions, vectors.Count / 2));
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Vector)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        var context = new MLContext(seed: 0);
        var learned = context.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options
        {
            FeatureColumnName = nameof(Example.Vector),
            Rank = rank,
            Oversampling = Math.Min(Oversampling, Math.Min(dimensions, vectors.Count - 1) - rank),
            EnsureZeroMean = false,
            Seed = 0,
        }).Fit(context.Data.LoadFromEnumerable(examples, schema)).Model;
        VBuffer<float>[]? components = null;
        learned.GetEigenVectors(ref components, out _);

        // Where vectors hardly differ in so many directions, the last ones found are not directions, or not even numbers.
        var directions = components.Select(component => component.DenseValues().ToArray())
            .Where(direction => direction.All(float.IsFinite) && TensorPrimitives.Norm<float>(direction) is > 0.99f and < 1.01f).ToArray();
        return directions.Length == 0 ? null : new EmbeddingReduction(model, sampled, centre, directions);
    }

    /// <summary>Share of what distinguishes vectors from each other that a reduction keeps, 0 to 1.</summary>
    public static double KeptShare(EmbeddingReduction reduction, IReadOnlyList<float[]> vectors)
    {
        var (all, kept) = (0.0, 0.0);
        foreach (var vector in vectors)
        {
            all += TensorPrimitives.SumOfSquares<float>(EmbeddingReduction.Special(vector, reduction.Centre));
            kept += TensorPrimitives.SumOfSquares<float>(reduction.Project(vector));
        }

        return all == 0 ? 0 : Math.Clamp(kept / all, 0, 1);
    }

    private sealed class Example
    {
        public float[] Vector { get; set; } = [];
    }
}
