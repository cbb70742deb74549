using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>
/// All articles of a site by their terms, in memory: finds the nearest of one by the cosine of weighted terms through an inverted index, and what pairs of articles share.
/// Safe for many readers and writers.
/// </summary>
public sealed class SimilarityIndex : ITermWorths, IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private readonly InvertedIndex content = new(new TopicSets());
    private readonly NeighbourSearch search;

    /// <summary>Makes an empty index.</summary>
    public SimilarityIndex() => search = new NeighbourSearch(content);

    /// <summary>Which of the articles tell one running story.</summary>
    public Threads.ThreadMap Threads { get; } = new();

    /// <inheritdoc/>
    public int Count => Read(() => content.Articles.Count);

    /// <summary>Ids of all articles, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => IdsWhere(_ => true);

    /// <summary>All articles without their terms, in ordinal order of id.</summary>
    public IReadOnlyList<ArticleOutline> Outlines => Read(() => content.Articles.Taken.Select(content.OutlineAt).OrderBy(article => article.Id, StringComparer.Ordinal).ToList());

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle article) => Write(() =>
    {
        content.Set(article, weigh: true);
        return true;
    });

    /// <summary>Adds one of many articles, or replaces the one of the same id, and leaves it to a call of <see cref="Measure"/> after the last to weigh them.</summary>
    public void SetUnmeasured(IndexedArticle article) => Write(() =>
    {
        content.Set(article, weigh: false);
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
    public IndexedArticle? Find(string id) => Read(() => PlaceOf(id) is { } place ? content.At(place) : null);

    /// <summary>The article of that id without its terms; null when it is not there.</summary>
    public ArticleOutline? Outline(string id) => Read(() => PlaceOf(id) is { } place ? content.OutlineAt(place) : null);

    /// <summary>Ids of some articles, in ordinal order.</summary>
    /// <param name="isWanted">Which; it must not change the index.</param>
    internal IReadOnlyList<string> IdsWhere(Func<string, bool> isWanted) =>
        Read(() => content.Articles.Taken.Select(place => content.Articles.At(place).Id).Where(isWanted).Order(StringComparer.Ordinal).ToList());

    /// <summary>At most so many articles, every so-manieth in ordinal order of id.</summary>
    public IReadOnlyList<IndexedArticle> Sample(int most)
    {
        var ids = Ids;
        var step = Math.Max(1, ids.Count / most);
        return [.. ids.Where((_, place) => place % step == 0).Take(most).Select(Find).OfType<IndexedArticle>()];
    }

    /// <summary>A page and a story side by side; null when one of them is not there.</summary>
    public PairComparison? Compare(string page, string story) => Read<PairComparison?>(() => PlaceOf(page) is { } left && PlaceOf(story) is { } right ? search.Compare(content.PageAt(left), right) : null);

    /// <summary>The similarity of two articles, 0 to 1, 0 across languages; null when one of them is not there.</summary>
    public double? Similarity(string one, string other) => Read<double?>(() =>
        PlaceOf(one) is not { } left || PlaceOf(other) is not { } right ? null
        : content.Articles.MarkOf(left).Language != content.Articles.MarkOf(right).Language ? 0
        : Math.Round(HeldArticle.Cosine(content.Articles.At(left), content.Articles.At(right), content.Terms), 6));

    /// <inheritdoc/>
    public double Worth(uint term) => Read(() => content.Terms.WorthOf(term));

    /// <summary>In how many articles terms stand now, as far as is known.</summary>
    public TermCounts CountTerms() => Read(content.CountTerms);

    /// <summary>
    /// The <paramref name="count"/> articles of the same language that are nearest to one, in the order of <see cref="NeighbourList.Order"/>. Who shares none but its common terms with the
    /// article may be missed where there are very many articles.
    /// </summary>
    public IReadOnlyList<Neighbour> Nearest(string id, int count) => Nearest([id], count)[0];

    /// <summary>The nearest of each of several articles, as <see cref="Nearest(string, int)"/> gives them: faster, for such as are near each other. No article can be added or removed meanwhile.</summary>
    public IReadOnlyList<IReadOnlyList<Neighbour>> Nearest(IReadOnlyList<string> ids, int count) => Read(() =>
    {
        var places = ids.Select(PlaceOf).ToList();
        var nearest = new Queue<IReadOnlyList<Neighbour>>(search.Nearest([.. places.OfType<int>().Select(content.PageAt)], count));
        return places.ConvertAll(place => place is null ? [] : nearest.Dequeue());
    });

    /// <summary>Gives back the memory in which the nearest of many articles were found.</summary>
    internal void Rest() => search.Rest();

    /// <summary>The nearest of an article that is not here, such as a text that is not published yet, as <see cref="Nearest(string, int)"/> gives them.</summary>
    public IReadOnlyList<Neighbour> Nearest(IndexedArticle page, int count)
    {
        var topics = Write(() => content.SetOf(page.Topics));
        return Read(() => search.Nearest([content.PageOf(page, topics)], count)[0]);
    }

    /// <summary>The nearest of an article as <see cref="Nearest(string, int)"/> gives them, each with what the article is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(string id, int count) =>
        Read(() => PlaceOf(id) is { } place ? search.NearestBothWays(content.PageAt(place), count) : []);

    /// <summary>
    /// Every article of the same language whose similarity to one reaches <paramref name="floor"/>, in no particular order: what <see cref="Nearest(string, int)"/> finds, without a limit and
    /// without words.
    /// </summary>
    internal IReadOnlyList<NearArticle> Near(string id, double floor) => Read(() => PlaceOf(id) is { } place ? search.Near(content.PageAt(place), floor) : []);

    /// <summary>Reads what the index holds while it does not change.</summary>
    internal T Read<T>(Func<InvertedIndex, T> read) => Read(() => read(content));

    /// <summary>Writes all that is here, while it does not change.</summary>
    internal void Save(ImageWriter image) => Read(() =>
    {
        content.Save(image);
        Threads.Save(image);
        return true;
    });

    /// <summary>Fills an empty index with what <see cref="Save"/> wrote, which went by the same shares.</summary>
    internal void Load(ImageReader image, TermShares shares) => Write(() =>
    {
        content.Load(image, shares);
        Threads.Load(image, content.Articles.Taken.Select(content.OutlineAt).Select(article => new Threads.ThreadMember(article.Published, article.Id)));
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private int? PlaceOf(string id) => content.Articles.PlaceOf(id) is var place and >= 0 ? place : null;

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
}
