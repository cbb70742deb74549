using Recommender.Articles;

namespace Recommender.Topics;

/// <summary>What a model thinks of a held-out article, and what its publisher does.</summary>
/// <param name="Confidences">How sure it is of each topic.</param>
/// <param name="IsUnder">Whether the publisher filed it under each.</param>
internal sealed record TopicJudgement(double[] Confidences, bool[] IsUnder)
{
    public static TopicJudgement Of(FiledArticle article, (float[] Idf, IReadOnlyList<TopicWeights> Topics) model, IReadOnlyList<Topic> topics)
    {
        var features = TopicFeatures.Of(article.Terms, model.Idf);
        return new TopicJudgement(
            [.. model.Topics.Select(topic => topic.Confidence(features))],
            [.. topics.Select(topic => article.Topics.Any(other => other.Slug == topic.Slug))]);
    }

    /// <summary>Whether each topic would be given at a floor.</summary>
    public bool[] Given(double floor)
    {
        var least = Math.Max(floor, Confidences.OrderDescending().Take(TopicModel.MostTopics).Last());
        return Array.ConvertAll(Confidences, confidence => confidence > 0 && confidence >= least);
    }
}

/// <summary>How well topics are told on articles that nothing was learned from.</summary>
/// <param name="MacroF1">Mean over topics of the harmonic mean of precision and recall, 0 to 1.</param>
/// <param name="MicroF1">The same over all decisions together.</param>
/// <param name="Precision">Share of the topics given that the publisher gave, too.</param>
/// <param name="Coverage">Share of the articles that get any topic.</param>
/// <param name="Topics">Number of topics.</param>
/// <param name="HeldOut">Number of articles judged.</param>
public sealed record TopicFigures(double MacroF1, double MicroF1, double Precision, double Coverage, int Topics, int HeldOut)
{
    private const double Lowest = 0.10;
    private const double Highest = 0.95;
    private const double Step = 0.05;

    /// <summary>The figures of judgements: for each half of them at the floor that is best for the other, so that no article has a say in the floor it is judged at.</summary>
    internal static TopicFigures Of(IReadOnlyList<TopicJudgement> judged, int topics)
    {
        var halves = judged.Index().GroupBy(entry => entry.Index % 2, entry => entry.Item).Select(half => half.ToList()).ToList();
        var decisions = halves.Count < 2 ? [] : Decisions(halves[0], FloorFor(halves[1], topics)).Concat(Decisions(halves[1], FloorFor(halves[0], topics))).ToList();
        return Of(decisions, topics);
    }

    /// <summary>The floor with the best macro-F1, of equals the middle one, which is farthest from where it gets worse; the highest when there is nothing to choose it by.</summary>
    internal static double FloorFor(IReadOnlyList<TopicJudgement> judged, int topics)
    {
        var floors = Enumerable.Range(0, (int)Math.Round((Highest - Lowest) / Step) + 1).Select(step => Math.Round(Highest - (step * Step), 2));
        var best = floors.GroupBy(floor => Math.Round(Of(Decisions(judged, floor), topics).MacroF1, 6)).MaxBy(floor => floor.Key)!.ToList();
        return judged.Count == 0 ? Highest : best[best.Count / 2];
    }

    private static List<(bool[] Given, bool[] Right)> Decisions(IEnumerable<TopicJudgement> judged, double floor) => [.. judged.Select(article => (article.Given(floor), article.IsUnder))];

    private static TopicFigures Of(List<(bool[] Given, bool[] Right)> decisions, int topics)
    {
        var (hits, given, right) = (new int[topics], new int[topics], new int[topics]);
        foreach (var decision in decisions)
        {
            for (var topic = 0; topic < topics; topic++)
            {
                given[topic] += decision.Given[topic] ? 1 : 0;
                right[topic] += decision.Right[topic] ? 1 : 0;
                hits[topic] += decision.Given[topic] && decision.Right[topic] ? 1 : 0;
            }
        }

        // A topic of which nothing was held out says nothing.
        var judged = Enumerable.Range(0, topics).Where(topic => given[topic] + right[topic] > 0).Select(topic => 2.0 * hits[topic] / (given[topic] + right[topic])).ToList();
        return new TopicFigures(
            judged.DefaultIfEmpty().Average(),
            given.Sum() + right.Sum() == 0 ? 0 : 2.0 * hits.Sum() / (given.Sum() + right.Sum()),
            given.Sum() == 0 ? 0 : (double)hits.Sum() / given.Sum(),
            decisions.Count == 0 ? 0 : (double)decisions.Count(decision => decision.Given.Any(isGiven => isGiven)) / decisions.Count,
            topics,
            decisions.Count);
    }
}
