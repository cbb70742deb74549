using System.Numerics.Tensors;
using CsCheck;
using Recommender.Embeddings;
using Recommender.Similarity;

namespace Recommender.Tests.Embeddings;

public sealed class EmbeddingReductionTests
{
    private const int Dimensions = 1_536;
    private const int Subjects = 60;

    [Fact]
    public void Reducing_1536_numbers_to_96_bytes_or_fewer_changes_cosines_by_a_fiftieth_on_average()
    {
        var (learned, others) = (Vectors(600, seed: 1), Vectors(200, seed: 2));
        var reduction = ReductionTrainer.Train("model", 600, learned)!;
        var errors = new List<double>();
        for (var pair = 1; pair < others.Count; pair++)
        {
            var exact = Math.Max(0, TensorPrimitives.CosineSimilarity<float>(
                EmbeddingReduction.Special(others[pair - 1], reduction.Centre), EmbeddingReduction.Special(others[pair], reduction.Centre)));
            errors.Add(Math.Abs(exact - LatentVector.Cosine(reduction.Reduce(others[pair - 1], 1), reduction.Reduce(others[pair], 1))!.Value));
        }

        Assert.Equal((Dimensions, 600), (reduction.Dimensions, reduction.Sampled));
        Assert.InRange(reduction.Rank, Subjects, EmbeddingReduction.MaxRank);
        Assert.InRange(errors.Average(), 0, 0.02);
        Assert.InRange(errors.Max(), 0, 0.1);
        Assert.InRange(ReductionTrainer.KeptShare(reduction, learned), 0.9, 1);
        Assert.Equal(reduction.Rank + 2, reduction.Reduce(others[0], 1)!.ToBytes().Length);
    }

    [Fact]
    public void Packing_what_is_reduced_changes_cosines_by_two_hundredths_at_most()
    {
        var vectors = Vectors(300, seed: 3);
        var reduction = ReductionTrainer.Train("model", 300, vectors)!;

        Gen.Select(Gen.Int[0, 299], Gen.Int[0, 299]).Sample((one, other) =>
        {
            var exact = Math.Max(0, TensorPrimitives.CosineSimilarity<float>(reduction.Project(vectors[one]), reduction.Project(vectors[other])));
            Assert.Equal(exact, LatentVector.Cosine(reduction.Reduce(vectors[one], 1), reduction.Reduce(vectors[other], 1))!.Value, 0.02);
        });
    }

    [Fact]
    public void What_all_vectors_have_in_common_is_taken_off()
    {
        var vectors = Vectors(400, seed: 4);
        var reduction = ReductionTrainer.Train("model", 400, vectors)!;

        var raw = Enumerable.Range(1, 399).Average(pair => TensorPrimitives.CosineSimilarity<float>(vectors[pair - 1], vectors[pair]));
        var reduced = Enumerable.Range(1, 399).Average(pair => LatentVector.Cosine(reduction.Reduce(vectors[pair - 1], 1), reduction.Reduce(vectors[pair], 1))!.Value);

        Assert.InRange(raw, 0.6, 1);
        Assert.InRange(reduced, 0, 0.2);
    }

    [Theory]
    [InlineData(16, 1_536, 8)]
    [InlineData(40, 768, 20)]
    [InlineData(300, 32, 32)]
    [InlineData(300, 2, 2)]
    public void Few_articles_or_short_vectors_give_fewer_directions(int articles, int dimensions, int rank)
    {
        var vectors = Vectors(articles, seed: 5, dimensions);
        var reduction = ReductionTrainer.Train("model", articles, vectors)!;

        Assert.Equal(rank, reduction.Rank);
        Assert.All(vectors, vector => Assert.All(reduction.Project(vector), value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void Of_too_few_articles_or_equal_ones_nothing_is_learned()
    {
        Assert.Null(ReductionTrainer.Train("model", 15, Vectors(15, seed: 6)));
        Assert.Null(ReductionTrainer.Train("model", 60, [.. Enumerable.Repeat(Vectors(1, seed: 7)[0], 60)]));
        Assert.Null(ReductionTrainer.Train("model", 60, [.. Enumerable.Range(1, 60).Select(value => new float[] { value })]));
    }

    [Fact]
    public void Vectors_of_three_kinds_have_two_directions_or_more_and_all_are_numbers()
    {
        var kinds = Vectors(3, seed: 8);
        var reduction = ReductionTrainer.Train("model", 90, [.. Enumerable.Range(0, 90).Select(number => kinds[number % 3])])!;

        Assert.InRange(reduction.Rank, 2, 45);
        Assert.All(kinds, kind => Assert.All(reduction.Project(kind), value => Assert.True(float.IsFinite(value))));
        Assert.Equal(0, LatentVector.Cosine(reduction.Reduce(kinds[0], 1), reduction.Reduce(kinds[1], 1))!.Value, 0.05);
    }

    [Fact]
    public void The_same_vectors_give_the_same_reduction_and_it_comes_back_from_its_bytes()
    {
        var vectors = Vectors(100, seed: 9, 64);
        var reduction = ReductionTrainer.Train("tests|modèle", 120, vectors)!;
        var read = EmbeddingReduction.FromBytes(reduction.ToBytes());

        Assert.Equal(reduction.ToBytes(), ReductionTrainer.Train("tests|modèle", 120, vectors)!.ToBytes());
        Assert.Equal(("tests|modèle", 120, 64, 50), (read.Model, read.Sampled, read.Dimensions, read.Rank));
        Assert.Equal(reduction.Reduce(vectors[0], 7), read.Reduce(vectors[0], 7));
        Assert.Equal(LatentSource.Embeddings, read.Reduce(vectors[0], 7)!.Source);
        Assert.Throws<ArgumentException>(() => read.Reduce(new float[65], 7));
    }

    [Fact]
    public void Damaged_reductions_are_refused_or_harmless()
    {
        var bytes = ReductionTrainer.Train("model", 20, Vectors(20, seed: 10, 12))!.ToBytes();
        var vector = Vectors(1, seed: 11, 12)[0];
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, isCut) =>
        {
            var damaged = bytes.ToArray();
            damaged[at] = value;
            try
            {
                var read = EmbeddingReduction.FromBytes(isCut ? damaged.AsSpan(..at) : damaged);
                Assert.False(isCut);
                var place = read.Dimensions == vector.Length ? read.Reduce(vector, 1) : null;
                Assert.True(LatentVector.Cosine(place, place) is null or (>= 0 and <= 1));
            }
            catch (FormatException)
            {
            }
        }, iter: 2_000);
    }

    [Fact]
    public void A_vector_of_words_and_one_of_a_model_say_nothing_about_each_other()
    {
        var words = LatentVector.Quantise(1, [1, 2, 3])!;
        var model = LatentVector.Quantise(LatentSource.Embeddings, 1, [1, 2, 3])!;

        Assert.Null(LatentVector.Cosine(words, model));
        Assert.Equal(1, LatentVector.Cosine(model, model)!.Value, 1e-6);
        Assert.Equal(model, LatentVector.FromBytes(model.ToBytes()));
        Assert.NotEqual(words, model);
    }

    /// <summary>Vectors as models give them: a mix of a few subjects, some noise, and a great deal that all share.</summary>
    private static List<float[]> Vectors(int count, int seed, int dimensions = Dimensions)
    {
        var directions = new Random(42);
        var shared = Direction(directions, dimensions);
        var subjects = Enumerable.Range(0, Subjects).Select(_ => Direction(directions, dimensions)).ToList();
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var vector = Direction(random, dimensions);
            TensorPrimitives.Multiply(vector, 0.15f, vector);
            TensorPrimitives.MultiplyAdd(shared, 1.5f, vector, vector);
            foreach (var subject in random.GetItems(Enumerable.Range(0, Subjects).ToArray(), 3))
            {
                TensorPrimitives.MultiplyAdd(subjects[subject], (float)random.NextDouble(), vector, vector);
            }

            return vector;
        })];
    }

    private static float[] Direction(Random random, int dimensions)
    {
        var direction = Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 1)).ToArray();
        TensorPrimitives.Divide(direction, TensorPrimitives.Norm<float>(direction), direction);
        return direction;
    }
}
