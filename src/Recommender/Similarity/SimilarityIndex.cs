using System.Buffers;
using Recommender.Ranking.Features;

namespace Recommender.Similarity;

/// <summary>
/// All articles of a site by their terms, in memory: finds the nearest of one by the cosine of weighted terms through an inverted index, and what pairs of articles share.
/// Safe for many readers and writers.
/// </summary>
public sealed class SimilarityIndex : IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private readonly InvertedIndex content = new();

    /// <summary>Which of the articles tell one running story.</summary>
    public Threads.ThreadMap Threads { get; } = new();

    /// <summary>Number of articles.</summary>
    public int Count => Read(() => content.Count);

    /// <summary>Ids of all articles, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => [.. Articles.Select(article => article.Id)];

    /// <summary>All articles, in ordinal order of id.</summary>
    public IReadOnlyList<IndexedArticle> Articles => Read(() => content.Articles.OrderBy(article => article.Id, StringComparer.Ordinal).ToList());

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle article) => Write(() =>
    {
        content.Set(article);
        return true;
    });

    /// <summary>Removes an article. False when it was not there.</summary>
    public bool Remove(string id) => Write(() => content.Remove(id));

    /// <summary>Takes over what a reindex found of how common terms are.</summary>
    public void Learn(TermShares shares) => Write(() =>
    {
        content.Learn(shares);
        return true;
    });

    /// <summary>Weighs all articles anew by what terms tell now. Done by itself whenever the number of articles has changed by a twentieth.</summary>
    public void Measure() => Write(() =>
    {
        content.Measure();
        return true;
    });

    /// <summary>The article of that id; null when it is not there.</summary>
    public IndexedArticle? Find(string id) => Read(() => content.TryFind(id, out var article) ? article : null);

    /// <summary>A page and a story side by side; null when one of them is not there.</summary>
    public PairComparison? Compare(string page, string story) => Read<PairComparison?>(() =>
        content.TryFind(page, out var left) && content.TryFind(story, out var right) ? content.Compare(left, right) : null);

    /// <summary>The similarity of two articles, 0 to 1, 0 across languages; null when one of them is not there.</summary>
    public double? Similarity(string one, string other) => Read<double?>(() =>
        content.TryFind(one, out var left) && content.TryFind(other, out var right)
            ? left.Language == right.Language ? Math.Round(content.Compare(left, right).Terms, 6) : 0
            : null);

    /// <summary>How much a term (by its identity) tells, given the articles that are here.</summary>
    public double Worth(uint term) => Read(() => content.WorthOf(term));

    /// <summary>The <paramref name="count"/> articles of the same language that are nearest to one, in the order of <see cref="NeighbourList.Order"/>.</summary>
    public IReadOnlyList<Neighbour> Nearest(string id, int count) => Read(() => content.TryFind(id, out var page) ? Describe(page, count) : []);

    /// <summary>The articles that are nearest to one that is not here, such as a text that is not published yet, as <see cref="Nearest(string, int)"/> gives them.</summary>
    public IReadOnlyList<Neighbour> Nearest(IndexedArticle page, int count) => Read(() => Describe(page with { Lengths = content.Measure(page) }, count));

    /// <summary>The nearest of an article as <see cref="Nearest(string, int)"/> gives them, each with what the article is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(string id, int count) => Read<IReadOnlyList<(Neighbour, Neighbour)>>(() =>
        content.TryFind(id, out var page)
            ? [.. Best(page, count)
                .Select(found =>
                {
                    var comparison = content.Compare(page, found.Story);
                    return (Near: Describe(page, found.Story, found.Similarity, comparison), Reverse: Describe(found.Story, page, found.Similarity, comparison.Reverse()));
                })
                .OrderBy(pair => pair.Near, NeighbourList.Order)]
            : []);

    /// <summary>
    /// Every article of the same language whose similarity to one reaches <paramref name="floor"/>, in no particular order: what <see cref="Nearest(string, int)"/> finds, without a limit and
    /// without words.
    /// </summary>
    internal IReadOnlyList<NearArticle> Near(string id, double floor) => Read<IReadOnlyList<NearArticle>>(() =>
    {
        var near = new List<NearArticle>();
        if (content.TryFind(id, out var page))
        {
            Visit(page, (story, similarity) =>
            {
                if (Math.Round(similarity, 6) is var rounded && rounded >= floor)
                {
                    near.Add(new NearArticle(story.Id, story.Published, rounded));
                }
            });
        }

        return near;
    });

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private List<Neighbour> Describe(IndexedArticle page, int count) =>
        [.. Best(page, count).Select(found => Describe(page, found.Story, found.Similarity, content.Compare(page, found.Story))).Order(NeighbourList.Order)];

    private Neighbour Describe(IndexedArticle page, IndexedArticle story, double similarity, in PairComparison comparison)
    {
        var rounded = Math.Round(similarity, 6);
        return new Neighbour(story.Id, rounded, story.Published, SharedTerms.Of(page, story, content.WorthOf))
        {
            Strength = Math.Round(Neighbour.StrengthOf(rounded, page.Published - story.Published), 6),
            Features = PairFeatures.Pack(comparison),
            Topics = story.Topics,
            Evergreen = story.Evergreen,
        };
    }

    private List<(IndexedArticle Story, double Similarity)> Best(IndexedArticle page, int count)
    {
        var best = new PriorityQueue<(IndexedArticle Story, double Similarity), Rank>();
        Visit(page, (story, similarity) =>
        {
            var rank = new Rank(Neighbour.StrengthOf(similarity, page.Published - story.Published), story.Id);
            if (best.Count < count)
            {
                best.Enqueue((story, similarity), rank);
            }
            else
            {
                best.EnqueueDequeue((story, similarity), rank);
            }
        });
        return [.. best.UnorderedItems.Select(entry => entry.Element)];
    }

    // Every other article of the page's language that shares a term with it.
    private void Visit(IndexedArticle page, Action<IndexedArticle, double> visit)
    {
        if (page.Lengths.Terms == 0)
        {
            return;
        }

        var products = ArrayPool<double>.Shared.Rent(content.Places);
        try
        {
            Array.Clear(products, 0, content.Places);
            foreach (var place in content.Multiply(page, products))
            {
                if (content.At(place) is { Lengths.Terms: > 0 } story && story.Id != page.Id && story.Language == page.Language)
                {
                    visit(story, Math.Min(1, products[place] / (page.Lengths.Terms * story.Lengths.Terms)));
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(products);
        }
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

    private T Write<T>(Func<T> write)
    {
        gate.EnterWriteLock();
        try
        {
            return write();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private readonly record struct Rank(double Strength, string Id) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => Strength.CompareTo(other.Strength) is var order && order != 0 ? order : string.CompareOrdinal(other.Id, Id);
    }
}
