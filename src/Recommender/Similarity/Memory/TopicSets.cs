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

    /// <summary>Writes all sets.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(all.Count);
        foreach (var (slugs, _) in all)
        {
            image.Write(slugs.Count);
            foreach (var slug in slugs)
            {
                image.Write(slug);
            }
        }

        foreach (var count in articles)
        {
            image.Write(count);
        }
    }

    /// <summary>Fills empty sets with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image)
    {
        for (var left = image.ReadCount(); left > 0; left--)
        {
            var slugs = new string[image.ReadCount()];
            for (var slug = 0; slug < slugs.Length; slug++)
            {
                slugs[slug] = image.ReadText();
            }

            Of(slugs);
        }

        for (var topic = 0; topic < articles.Count; topic++)
        {
            articles[topic] = image.ReadCount();
        }
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
