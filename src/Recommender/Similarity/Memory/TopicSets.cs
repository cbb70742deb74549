namespace Recommender.Similarity.Memory;

/// <summary>The sets of topics that articles are filed under, each once, and how many articles there are on each topic. Not safe for threads by itself.</summary>
internal sealed class TopicSets
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> sets = new(StringComparer.Ordinal);
    private readonly List<int> articles = [];
    private readonly List<(IReadOnlyList<string> Slugs, int[] Topics)> all = [];

    /// <summary>The number of a set.</summary>
    public int Of(IReadOnlyList<string> slugs)
    {
        var key = string.Join('\n', slugs);
        if (!sets.TryGetValue(key, out var set))
        {
            sets.Add(key, set = all.Count);
            all.Add((slugs, [.. slugs.Select(NumberOf)]));
        }

        return set;
    }

    /// <summary>The slugs of a set.</summary>
    public IReadOnlyList<string> SlugsOf(int set) => all[set].Slugs;

    /// <summary>Counts an article of a set in, or out.</summary>
    public void Count(int set, int step)
    {
        foreach (var topic in all[set].Topics)
        {
            articles[topic] += step;
        }
    }

    /// <summary>Length of a set's vector, of which each topic is worth more the fewer of so many articles are on it.</summary>
    public double LengthOf(int set, int among) => Math.Sqrt(all[set].Topics.Sum(topic => Square(topic, among)));

    /// <summary>Number of topics that two sets share, and the product of their vectors.</summary>
    public (int Count, double Product) Shared(int one, int other, int among)
    {
        var (count, product) = (0, 0.0);
        foreach (var topic in all[one].Topics)
        {
            if (all[other].Topics.AsSpan().Contains(topic))
            {
                count++;
                product += Square(topic, among);
            }
        }

        return (count, product);
    }

    private double Square(int topic, int among) => Math.Pow(TermStatistics.TopicWorth(articles[topic], among), 2);

    private int NumberOf(string slug)
    {
        if (!numbers.TryGetValue(slug, out var number))
        {
            numbers.Add(slug, number = articles.Count);
            articles.Add(0);
        }

        return number;
    }
}
