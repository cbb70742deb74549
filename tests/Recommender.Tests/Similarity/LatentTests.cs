using System.Numerics.Tensors;
using CsCheck;
using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Tests.Similarity;

public sealed class LatentTests
{
    private const int WordsOfSubject = 40;
    private static readonly DateTimeOffset Published = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Articles_that_share_a_subject_but_no_word_are_near()
    {
        var projection = LatentTrainer.Train(Archive(LatentTrainer.FewestArticles))!;

        for (var subject = 0; subject < 4; subject++)
        {
            var one = projection.Project(Terms(subject, 0, 20), 1);
            var other = projection.Project(Terms(subject, 20, 20), 1);
            var stranger = projection.Project(Terms((subject + 1) % 4, 20, 20), 1);

            var near = LatentVector.Cosine(one, other)!.Value;
            Assert.InRange(near, 0.25, 1);
            Assert.True(LatentVector.Cosine(one, stranger)!.Value < near - 0.1);
        }
    }

    [Fact]
    public void Of_too_few_articles_or_too_few_words_nothing_is_learned()
    {
        Assert.Null(LatentTrainer.Train(Archive(LatentTrainer.FewestArticles - 1)));
        Assert.Null(LatentTrainer.Train([.. Enumerable.Range(0, 300).Select(number => Article(number, PackedTerms.Pack([], 0)))]));
        Assert.Null(LatentTrainer.Train([.. Enumerable.Range(0, 300).Select(number => Article(number, Terms(0, 0, 3)))]));
    }

    [Fact]
    public void The_same_articles_give_the_same_projection_and_it_comes_back_from_its_bytes()
    {
        var projection = LatentTrainer.Train(Archive(240))!;
        var bytes = projection.ToBytes();
        var read = LatentProjection.FromBytes(bytes);

        Assert.Equal(bytes, LatentTrainer.Train(Archive(240))!.ToBytes());
        Assert.Equal(bytes, read.ToBytes());
        Assert.Equal((projection.Rank, projection.Words, 4 * WordsOfSubject), (read.Rank, read.Words, read.Words));
        Assert.Equal(projection.Project(Terms(1, 3, 9), 5), read.Project(Terms(1, 3, 9), 5));
        Assert.Null(read.Project(PackedTerms.Pack([], 0), 5));
    }

    [Fact]
    public void Damaged_projections_are_refused_or_harmless()
    {
        var bytes = LatentTrainer.Train(Archive(LatentTrainer.FewestArticles))!.ToBytes();
        var terms = Terms(2, 0, 12);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, isCut) =>
        {
            var damaged = bytes.ToArray();
            damaged[at] = value;
            try
            {
                var read = LatentProjection.FromBytes(isCut ? damaged.AsSpan(..at) : damaged);
                Assert.False(isCut);
                var place = read.Project(terms, 1);
                Assert.True(LatentVector.Cosine(place, place) is null or (>= 0 and <= 1));
            }
            catch (FormatException)
            {
            }
        }, iter: 2_000);
    }

    [Fact]
    public void A_byte_for_each_subject_changes_cosines_by_two_hundredths_at_most() =>
        Gen.Select(Gen.Int, Gen.Double[0, 1], Gen.Int[8, LatentTrainer.Rank]).Sample((seed, likeness, rank) =>
        {
            var random = new Random(seed);
            var one = Vector(random, rank);
            var noise = Vector(random, rank);
            var other = one.Zip(noise, (value, strange) => (float)((likeness * value) + ((1 - likeness) * strange))).ToArray();

            var exact = Math.Max(0, TensorPrimitives.CosineSimilarity<float>(one, other));
            var quantised = LatentVector.Cosine(LatentVector.Quantise(1, one), LatentVector.Quantise(1, other))!.Value;

            Assert.Equal(exact, quantised, 0.02);
        });

    [Fact]
    public void Vectors_of_different_projections_or_lengths_say_nothing_about_each_other()
    {
        var one = LatentVector.Quantise(1, [1, 2, 3])!;

        Assert.Equal(1, LatentVector.Cosine(one, LatentVector.Quantise(1, [2, 4, 6]))!.Value, 1e-6);
        Assert.Equal(0, LatentVector.Cosine(one, LatentVector.Quantise(1, [-1, -2, -3])));
        Assert.Null(LatentVector.Cosine(one, LatentVector.Quantise(2, [1, 2, 3])));
        Assert.Null(LatentVector.Cosine(one, LatentVector.Quantise(1, [1, 2])));
        Assert.Null(LatentVector.Cosine(one, null));
        Assert.Equal(one, LatentVector.FromBytes(one.ToBytes()));
        Assert.Equal(one.GetHashCode(), LatentVector.FromBytes(one.ToBytes())!.GetHashCode());
    }

    [Fact]
    public void What_has_no_direction_has_no_vector()
    {
        Assert.Null(LatentVector.Quantise(1, [0, 0]));
        Assert.Null(LatentVector.Quantise(1, [float.NaN, 1]));
        Assert.Null(LatentVector.Quantise(1, [float.PositiveInfinity, 1]));
        Assert.Null(LatentVector.FromBytes(null));
        Assert.Null(LatentVector.FromBytes([]));
        Assert.Null(LatentVector.FromBytes([1, 1, 0, 0]));
        Assert.Null(LatentVector.FromBytes([9, 1, 5, 5]));
    }

    /// <summary>Articles of four subjects in turn, each with a dozen of its subject's words.</summary>
    internal static List<IndexedArticle> Archive(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(number => Article(number, PackedTerms.Pack(
            Enumerable.Range(0, 12).Select(_ => random.Next(WordsOfSubject)).Distinct().Select(word => Term(number % 4, word)), 100)))];
    }

    private static IndexedArticle Article(int number, PackedTerms terms) => new($"a{number:0000}", Published.AddHours(number), "en", terms);

    private static PackedTerms Terms(int subject, int from, int count) => PackedTerms.Pack(Enumerable.Range(from, count).Select(word => Term(subject, word)), 100);

    private static AnalysedTerm Term(int subject, int word) => new((uint)((subject * 1_000) + word + 1) * 4, $"w{word}", 1 + (word % 3), TermTraits.None);

    private static float[] Vector(Random random, int rank) => [.. Enumerable.Range(0, rank).Select(place => (float)((random.NextDouble() + random.NextDouble() - 1) / Math.Sqrt(1 + place)))];
}
