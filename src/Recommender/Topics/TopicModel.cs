using System.Text;
using Recommender.Articles;
using Recommender.Text;

namespace Recommender.Topics;

/// <summary>
/// Tells the topics of an article by its key terms: one logistic regression for each topic, and a floor of confidence that was chosen on articles that nothing was learned from.
/// The same bytes give the same answers in every process.
/// </summary>
public sealed class TopicModel
{
    /// <summary>Most topics that are given to an article.</summary>
    public const int MostTopics = 5;

    private const byte Version = 1;
    private readonly float[] idf;
    private readonly IReadOnlyList<TopicWeights> topics;

    internal TopicModel(float[] idf, IReadOnlyList<TopicWeights> topics, double floor) => (this.idf, this.topics, Floor) = (idf, topics, floor);

    /// <summary>Confidence that a topic must reach, 0 to 1.</summary>
    public double Floor { get; }

    /// <summary>The topics that it knows.</summary>
    public IReadOnlyList<Topic> Topics => [.. topics.Select(topic => topic.Topic)];

    /// <summary>The topics of an article that reach the floor, the surest first; empty when none does.</summary>
    public IReadOnlyList<Topic> Classify(PackedTerms terms)
    {
        var features = TopicFeatures.Of(terms, idf);
        return features.Indices.Length == 0 ? [] : [.. topics
            .Select(topic => (topic.Topic, Confidence: topic.Confidence(features)))
            .Where(topic => topic.Confidence >= Floor)
            .OrderByDescending(topic => topic.Confidence)
            .ThenBy(topic => topic.Topic.Slug, StringComparer.Ordinal)
            .Take(MostTopics)
            .Select(topic => topic.Topic)];
    }

    /// <summary>The bytes to keep.</summary>
    public byte[] ToBytes()
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(Floor);
        writer.Write(TopicFeatures.Dimensions);
        Array.ForEach(idf, writer.Write);
        writer.Write(topics.Count);
        foreach (var topic in topics)
        {
            writer.Write(topic.Topic.Slug);
            writer.Write(topic.Topic.Name);
            writer.Write(topic.Bias);
            Array.ForEach(topic.Weights, writer.Write);
        }

        writer.Flush();
        return content.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave; null for what another version of the program wrote, which the next reindex replaces.</summary>
    public static TopicModel? FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (bytes.Length < 1 + sizeof(double) + sizeof(int) || reader.ReadByte() != Version)
        {
            return null;
        }

        var floor = reader.ReadDouble();
        if (reader.ReadInt32() != TopicFeatures.Dimensions)
        {
            return null;
        }

        var idf = new float[TopicFeatures.Dimensions];
        for (var place = 0; place < idf.Length; place++)
        {
            idf[place] = reader.ReadSingle();
        }

        var topics = new TopicWeights[reader.ReadInt32()];
        for (var topic = 0; topic < topics.Length; topic++)
        {
            var (name, bias, weights) = (new Topic(reader.ReadString(), reader.ReadString()), reader.ReadSingle(), new Half[TopicFeatures.Dimensions]);
            for (var place = 0; place < weights.Length; place++)
            {
                weights[place] = reader.ReadHalf();
            }

            topics[topic] = new TopicWeights(name, bias, weights);
        }

        return new TopicModel(idf, topics, floor);
    }
}

/// <summary>What is learned of one topic. Weights are kept in 16 bits, which changes a confidence by less than a thousandth.</summary>
internal sealed record TopicWeights(Topic Topic, float Bias, Half[] Weights)
{
    /// <summary>How sure it is that an article belongs under the topic, 0 to 1; 0 when its words do not speak for it at all.</summary>
    public double Confidence(TopicFeatures features)
    {
        var evidence = 0.0;
        for (var i = 0; i < features.Indices.Length; i++)
        {
            evidence += (float)Weights[features.Indices[i]] * features.Values[i];
        }

        return evidence > 0 ? 1 / (1 + Math.Exp(-Bias - evidence)) : 0;
    }
}
