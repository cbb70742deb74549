using System.Buffers;
using Recommender.Ranking.Features;

namespace Recommender.Similarity;

/// <summary>
/// All articles of a site by their terms, in memory: finds the nearest of one by the cosine of weighted terms through an inverted index, and what pairs of articles share.
/// Safe for many readers and writers.
/// </summary>
public sealed class SimilarityIndex : IDisposable
{
    private const double Drift = 0.05;
    private const int MinimumToCompact = 64;

    private readonly ReaderWriterLockSlim gate = new();
    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, Postings> postings = [];
    private readonly Dictionary<string, int> topics = new(StringComparer.Ordinal);
    private readonly List<IndexedArticle?> articles = [];
    private int articlesWhenMeasured;

    /// <summary>Which of the articles tell one running story.</summary>
    public Threads.ThreadMap Threads { get; } = new();

    /// <summary>Number of articles.</summary>
    public int Count => Read(() => ordinals.Count);

    /// <summary>Ids of all articles, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => Read(() => ordinals.Keys.Order(StringComparer.Ordinal).ToList());

    /// <summary>All articles, in ordinal order of id.</summary>
    public IReadOnlyList<IndexedArticle> Articles => Read(() => articles.OfType<IndexedArticle>().OrderBy(article => article.Id, StringComparer.Ordinal).ToList());

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle article)
    {
        gate.EnterWriteLock();
        try
        {
            Take(article.Id);
            foreach (var topic in article.Topics)
            {
                topics[topic] = topics.GetValueOrDefault(topic) + 1;
            }

            Append(article);
            article.Lengths = PairComparison.Measure(article, WorthOf, TopicWorthOf);
            MeasureWhenDrifted();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Removes an article. False when it was not there.</summary>
    public bool Remove(string id)
    {
        gate.EnterWriteLock();
        try
        {
            return Take(id);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>The article of that id; null when it is not there.</summary>
    public IndexedArticle? Find(string id) => Read(() => ordinals.TryGetValue(id, out var ordinal) ? articles[ordinal] : null);

    /// <summary>A page and a story side by side; null when one of them is not there.</summary>
    public PairComparison? Compare(string page, string story) => Read<PairComparison?>(() =>
        ordinals.TryGetValue(page, out var left) && ordinals.TryGetValue(story, out var right) ? Compare(articles[left]!, articles[right]!) : null);

    /// <summary>The similarity of two articles, 0 to 1, 0 across languages; null when one of them is not there.</summary>
    public double? Similarity(string one, string other) => Read<double?>(() =>
        ordinals.TryGetValue(one, out var left) && ordinals.TryGetValue(other, out var right)
            ? articles[left]!.Language == articles[right]!.Language ? Math.Round(Compare(articles[left]!, articles[right]!).Terms, 6) : 0
            : null);

    /// <summary>How much a term (by its identity) tells, given the articles that are here.</summary>
    public double Worth(uint term) => Read(() => WorthOf(term));

    /// <summary>Number of articles that a term stands in.</summary>
    public int DocumentFrequency(uint term) => Read(() => postings.TryGetValue(term, out var list) ? list.Live : 0);

    /// <summary>Weighs all articles anew by what terms tell now. Done by itself whenever the number of articles has changed by a twentieth.</summary>
    public void Measure()
    {
        gate.EnterWriteLock();
        try
        {
            MeasureAll();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>The <paramref name="count"/> articles of the same language that are nearest to one, in the order of <see cref="NeighbourList.Order"/>.</summary>
    public IReadOnlyList<Neighbour> Nearest(string id, int count) =>
        [.. Nearest(id, count, (page, story, similarity) => Describe(page, story, similarity, Compare(page, story))).Order(NeighbourList.Order)];

    /// <summary>The articles that are nearest to one that is not here, such as a text that is not published yet, as <see cref="Nearest(string, int)"/> gives them.</summary>
    public IReadOnlyList<Neighbour> Nearest(IndexedArticle page, int count) =>
        [.. Nearest(() => page with { Lengths = PairComparison.Measure(page, WorthOf, TopicWorthOf) }, count, (own, story, similarity) => Describe(own, story, similarity, Compare(own, story))).Order(NeighbourList.Order)];

    /// <summary>The nearest of an article as <see cref="Nearest(string, int)"/> gives them, each with what the article is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(string id, int count) =>
        [.. Nearest(id, count, (page, story, similarity) =>
        {
            var comparison = Compare(page, story);
            return (Near: Describe(page, story, similarity, comparison), Reverse: Describe(story, page, similarity, comparison.Reverse()));
        }).OrderBy(pair => pair.Near, NeighbourList.Order)];

    /// <summary>
    /// Every article of the same language whose similarity to one reaches <paramref name="floor"/>, in no particular order: what <see cref="Nearest(string, int)"/> finds, without a limit and
    /// without words.
    /// </summary>
    internal IReadOnlyList<NearArticle> Near(string id, double floor)
    {
        gate.EnterReadLock();
        var scores = ArrayPool<double>.Shared.Rent(articles.Count);
        try
        {
            if (!ordinals.TryGetValue(id, out var self) || articles[self] is not { Lengths.Terms: > 0 } page)
            {
                return [];
            }

            Array.Clear(scores, 0, articles.Count);
            return [.. Accumulate(page, scores)
                .Where(ordinal => ordinal != self && articles[ordinal] is { Lengths.Terms: > 0 } other && other.Language == page.Language)
                .Select(ordinal => new NearArticle(
                    articles[ordinal]!.Id, articles[ordinal]!.Published, Math.Round(Math.Min(1, scores[ordinal] / (page.Lengths.Terms * articles[ordinal]!.Lengths.Terms)), 6)))
                .Where(near => near.Similarity >= floor)];
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
            gate.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private List<T> Nearest<T>(string id, int count, Func<IndexedArticle, IndexedArticle, double, T> describe) =>
        Nearest(() => ordinals.TryGetValue(id, out var self) ? articles[self] : null, count, describe);

    private List<T> Nearest<T>(Func<IndexedArticle?> find, int count, Func<IndexedArticle, IndexedArticle, double, T> describe)
    {
        gate.EnterReadLock();
        var scores = ArrayPool<double>.Shared.Rent(articles.Count);
        try
        {
            if (find() is not { Lengths.Terms: > 0 } page)
            {
                return [];
            }

            Array.Clear(scores, 0, articles.Count);
            var touched = Accumulate(page, scores);
            var best = new PriorityQueue<(IndexedArticle Story, double Similarity), Rank>();
            foreach (var ordinal in touched)
            {
                if (articles[ordinal] is not { Lengths.Terms: > 0 } other || other.Id == page.Id || other.Language != page.Language)
                {
                    continue;
                }

                var similarity = Math.Min(1, scores[ordinal] / (page.Lengths.Terms * other.Lengths.Terms));
                var rank = new Rank(Neighbour.StrengthOf(similarity, page.Published - other.Published), other.Id);
                if (best.Count < count)
                {
                    best.Enqueue((other, similarity), rank);
                }
                else
                {
                    best.EnqueueDequeue((other, similarity), rank);
                }
            }

            return [.. best.UnorderedItems.Select(entry => describe(page, entry.Element.Story, entry.Element.Similarity))];
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
            gate.ExitReadLock();
        }
    }

    private Neighbour Describe(IndexedArticle page, IndexedArticle story, double similarity, in PairComparison comparison)
    {
        var rounded = Math.Round(similarity, 6);
        return new Neighbour(story.Id, rounded, story.Published, SharedTerms.Of(page, story, WorthOf))
        {
            Strength = Math.Round(Neighbour.StrengthOf(rounded, page.Published - story.Published), 6),
            Features = PairFeatures.Pack(comparison),
            Topics = story.Topics,
            Evergreen = story.Evergreen,
        };
    }

    private PairComparison Compare(IndexedArticle page, IndexedArticle story) => PairComparison.Of(page, story, WorthOf, TopicWorthOf, IsRare);

    private List<int> Accumulate(IndexedArticle page, double[] scores)
    {
        var touched = new List<int>();
        for (var term = 0; term < page.Terms.Count; term++)
        {
            // A term of one article alone leads nowhere but to itself.
            if (!postings.TryGetValue(page.Terms.HashAt(term), out var list) || list.Live < 1 || (list.Live < 2 && ordinals.ContainsKey(page.Id)))
            {
                continue;
            }

            var told = WorthOf(page.Terms.HashAt(term));
            var weight = page.Terms.WeightAt(term) * told * told;
            foreach (var (ordinal, other) in list.Entries)
            {
                if (scores[ordinal] == 0)
                {
                    touched.Add(ordinal);
                }

                scores[ordinal] += weight * other;
            }
        }

        return touched;
    }

    private void Append(IndexedArticle article)
    {
        ordinals[article.Id] = articles.Count;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            var hash = article.Terms.HashAt(term);
            if (!postings.TryGetValue(hash, out var list))
            {
                postings[hash] = list = new Postings();
            }

            list.Add(articles.Count, article.Terms.WeightAt(term));
        }

        articles.Add(article);
    }

    private bool Take(string id)
    {
        if (!ordinals.Remove(id, out var ordinal))
        {
            return false;
        }

        var article = articles[ordinal]!;
        articles[ordinal] = null;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            postings[article.Terms.HashAt(term)].Live--;
        }

        foreach (var topic in article.Topics)
        {
            topics[topic]--;
        }

        if (articles.Count > MinimumToCompact && ordinals.Count < articles.Count / 2)
        {
            Compact();
        }

        return true;
    }

    private void Compact()
    {
        var living = articles.OfType<IndexedArticle>().ToList();
        articles.Clear();
        postings.Clear();
        living.ForEach(Append);
    }

    private void MeasureWhenDrifted()
    {
        if (Math.Abs(ordinals.Count - articlesWhenMeasured) > Drift * articlesWhenMeasured)
        {
            MeasureAll();
        }
    }

    private void MeasureAll()
    {
        articlesWhenMeasured = ordinals.Count;
        foreach (var article in articles.OfType<IndexedArticle>())
        {
            article.Lengths = PairComparison.Measure(article, WorthOf, TopicWorthOf);
        }
    }

    private double WorthOf(uint term) => TermStatistics.Worth(term, postings.TryGetValue(term, out var list) ? list.Live : 0, ordinals.Count);

    private bool IsRare(uint term) => TermStatistics.IsRare(term, postings.TryGetValue(term, out var list) ? list.Live : 0, ordinals.Count);

    private double TopicWorthOf(string topic) => TermStatistics.TopicWorth(topics.GetValueOrDefault(topic), ordinals.Count);

    private T Read<T>(Func<T> read)
    {
        gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    private readonly record struct Rank(double Strength, string Id) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => Strength.CompareTo(other.Strength) is var order && order != 0 ? order : string.CompareOrdinal(other.Id, Id);
    }
}
