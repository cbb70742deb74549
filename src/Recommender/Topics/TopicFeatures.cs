using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Topics;

/// <summary>An article as the classifier sees it: its key terms hashed into <see cref="Dimensions"/> places, weighted by idf, of length one. Indices ascend.</summary>
internal sealed record TopicFeatures(int[] Indices, float[] Values)
{
    /// <summary>Places that terms are hashed into; two terms in one place add up.</summary>
    public const int Dimensions = 1 << 14;

    /// <summary>How much each place tells, given the articles that are learned from.</summary>
    public static float[] Idf(IReadOnlyCollection<PackedTerms> articles)
    {
        var frequencies = new int[Dimensions];
        foreach (var terms in articles)
        {
            foreach (var place in Enumerable.Range(0, terms.Count).Select(term => PlaceOf(terms.HashAt(term))).Distinct())
            {
                frequencies[place]++;
            }
        }

        return Array.ConvertAll(frequencies, frequency => (float)TermStatistics.Idf(frequency, articles.Count));
    }

    /// <summary>The features of an article.</summary>
    public static TopicFeatures Of(PackedTerms terms, float[] idf)
    {
        var weights = new SortedDictionary<int, float>();
        for (var term = 0; term < terms.Count; term++)
        {
            var place = PlaceOf(terms.HashAt(term));
            weights[place] = weights.GetValueOrDefault(place) + terms.WeightAt(term);
        }

        var (indices, values) = (weights.Keys.ToArray(), new float[weights.Count]);
        var sum = 0.0;
        for (var i = 0; i < indices.Length; i++)
        {
            values[i] = weights[indices[i]] * idf[indices[i]];
            sum += values[i] * values[i];
        }

        var length = (float)Math.Sqrt(sum);
        return new TopicFeatures(indices, length > 0 ? Array.ConvertAll(values, value => value / length) : values);
    }

    // The lowest bits of a term's hash have meanings of their own.
    private static int PlaceOf(uint hash) => (int)(hash >> 8) % Dimensions;
}
