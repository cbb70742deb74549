using System.Buffers;

namespace Recommender.Similarity;

/// <summary>
/// All articles of a site by their terms, in memory: finds the nearest of one by the cosine of tf-idf weights, through an inverted index.
/// A term's idf is <c>ln((N + 1) / (df + 1)) + 1</c>, the smoothed form that stays sane on a handful of articles; a bigram that stands in one article only counts nothing,
/// for it can match nothing and most bigrams are such. Safe for many readers and writers.
/// </summary>
public sealed class SimilarityIndex : IDisposable
{
    private const double Drift = 0.05;
    private const int MinimumToCompact = 64;

    private readonly ReaderWriterLockSlim gate = new();
    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, Postings> postings = [];
    private readonly List<IndexedArticle?> articles = [];
    private int articlesWhenMeasured;

    /// <summary>Which of the articles tell one running story.</summary>
    public Threads.ThreadMap Threads { get; } = new();

    /// <summary>Number of articles.</summary>
    public int Count => Read(() => ordinals.Count);

    /// <summary>Ids of all articles, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => Read(() => ordinals.Keys.Order(StringComparer.Ordinal).ToList());

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle article)
    {
        gate.EnterWriteLock();
        try
        {
            Take(article.Id);
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
            article.Norm = Norm(article);
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

    /// <summary>Similarity of two articles, 0 to 1; null when one of them is not here.</summary>
    public double? Similarity(string one, string other) => Read<double?>(() =>
        ordinals.TryGetValue(one, out var left) && ordinals.TryGetValue(other, out var right) ? TermCosine.Of(articles[left]!, articles[right]!, IdfOf) : null);

    /// <summary>How much a term tells, given the articles that are here.</summary>
    public double Idf(uint hash) => Read(() => IdfOf(hash));

    /// <summary>Number of articles that a term stands in.</summary>
    public int DocumentFrequency(uint hash) => Read(() => postings.TryGetValue(hash, out var list) ? list.Live : 0);

    /// <summary>Weighs all articles anew by the idf that terms have now. Done by itself whenever the number of articles has changed by a twentieth.</summary>
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

    /// <summary>The <paramref name="count"/> articles of the same language that are most similar to one, best first, in the order of <see cref="NeighbourList.Order"/>.</summary>
    public IReadOnlyList<Neighbour> Nearest(string id, int count)
    {
        gate.EnterReadLock();
        var scores = ArrayPool<double>.Shared.Rent(articles.Count);
        try
        {
            if (!ordinals.TryGetValue(id, out var self) || articles[self] is not { Norm: > 0 } page)
            {
                return [];
            }

            Array.Clear(scores, 0, articles.Count);
            var touched = Accumulate(page, scores);
            var best = new PriorityQueue<int, Rank>();
            foreach (var ordinal in touched)
            {
                if (ordinal == self || articles[ordinal] is not { Norm: > 0 } other || other.Language != page.Language)
                {
                    continue;
                }

                var rank = new Rank(Math.Min(1, scores[ordinal] / (page.Norm * other.Norm)), other.Id);
                if (best.Count < count)
                {
                    best.Enqueue(ordinal, rank);
                }
                else
                {
                    best.EnqueueDequeue(ordinal, rank);
                }
            }

            var nearest = new Neighbour[best.Count];
            for (var place = nearest.Length - 1; best.TryDequeue(out var ordinal, out var rank); place--)
            {
                var other = articles[ordinal]!;
                nearest[place] = new Neighbour(other.Id, Math.Round(rank.Similarity, 6), other.Published, SharedTerms.Of(page, other, IdfOf));
            }

            Array.Sort(nearest, NeighbourList.Order);
            return nearest;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
            gate.ExitReadLock();
        }
    }

    /// <summary>
    /// Every article of the same language whose similarity to one reaches <paramref name="floor"/>, in no particular order: what <see cref="Nearest"/> finds, without a limit and without words.
    /// </summary>
    internal IReadOnlyList<NearArticle> Near(string id, double floor)
    {
        gate.EnterReadLock();
        var scores = ArrayPool<double>.Shared.Rent(articles.Count);
        try
        {
            if (!ordinals.TryGetValue(id, out var self) || articles[self] is not { Norm: > 0 } page)
            {
                return [];
            }

            Array.Clear(scores, 0, articles.Count);
            return [.. Accumulate(page, scores)
                .Where(ordinal => ordinal != self && articles[ordinal] is { Norm: > 0 } other && other.Language == page.Language)
                .Select(ordinal => new NearArticle(
                    articles[ordinal]!.Id, articles[ordinal]!.Published, Math.Round(Math.Min(1, scores[ordinal] / (page.Norm * articles[ordinal]!.Norm)), 6)))
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

    private List<int> Accumulate(IndexedArticle page, double[] scores)
    {
        var touched = new List<int>();
        for (var term = 0; term < page.Terms.Count; term++)
        {
            var list = postings[page.Terms.HashAt(term)];
            if (list.Live < 2)
            {
                continue;
            }

            var idf = IdfOf(page.Terms.HashAt(term));
            var weight = page.Terms.WeightAt(term) * idf * idf;
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
        foreach (var article in living)
        {
            ordinals[article.Id] = articles.Count;
            for (var term = 0; term < article.Terms.Count; term++)
            {
                if (!postings.TryGetValue(article.Terms.HashAt(term), out var list))
                {
                    postings[article.Terms.HashAt(term)] = list = new Postings();
                }

                list.Add(articles.Count, article.Terms.WeightAt(term));
            }

            articles.Add(article);
        }
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
            article.Norm = Norm(article);
        }
    }

    private double Norm(IndexedArticle article)
    {
        var sum = 0.0;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            var weight = article.Terms.WeightAt(term) * IdfOf(article.Terms.HashAt(term));
            sum += weight * weight;
        }

        return Math.Sqrt(sum);
    }

    private double IdfOf(uint hash)
    {
        var frequency = postings.TryGetValue(hash, out var list) ? list.Live : 0;
        return frequency < 2 && TermSelection.IsBigram(hash) ? 0 : Math.Log((ordinals.Count + 1.0) / (frequency + 1.0)) + 1;
    }

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

    private readonly record struct Rank(double Similarity, string Id) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => Similarity.CompareTo(other.Similarity) is var order && order != 0 ? order : string.CompareOrdinal(other.Id, Id);
    }

    private sealed class Postings
    {
        public List<(int Ordinal, float Weight)> Entries { get; } = [];

        public int Live { get; set; }

        public void Add(int ordinal, float weight)
        {
            Entries.Add((ordinal, weight));
            Live++;
        }
    }
}
