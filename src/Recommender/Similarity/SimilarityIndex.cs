using Recommender.Ranking.Features;

namespace Recommender.Similarity;

/// <summary>
/// All articles of a site by their terms, in memory: finds the nearest of one by the cosine of weighted terms through an inverted index, and what pairs of articles share.
/// Safe for many readers and writers.
/// </summary>
public sealed class SimilarityIndex : IDisposable
{
    // So many more than are wanted are chosen, for sums in single precision may be off in the last places; and so many times more by sums that leave common terms out.
    private const int Slack = 32;
    private const int Spares = 2;

    // More than a sum in single precision can be off by.
    private const double SumError = 1e-4;

    // Of the products of a page's terms, those of the ones that tell most: what is left out is common, and counts when the best are compared.
    private const long MostProducts = 100_000;

    // What is left of a similarity after so many whole days, by which most articles are told to be none of the strongest without a power for each.
    private static readonly float[] MostLeftAfter = [.. Enumerable.Range(0, 4_096).Select(days => (float)Neighbour.StrengthOf(1, TimeSpan.FromDays(days)) * 1.0001f)];

    private readonly ReaderWriterLockSlim gate = new();
    private readonly InvertedIndex content = new();

    /// <summary>Which of the articles tell one running story.</summary>
    public Threads.ThreadMap Threads { get; } = new();

    /// <summary>Number of articles.</summary>
    public int Count => Read(() => content.Articles.Count);

    /// <summary>Ids of all articles, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => [.. Articles.Select(article => article.Id)];

    /// <summary>All articles, in ordinal order of id.</summary>
    public IReadOnlyList<IndexedArticle> Articles => Read(() => content.Articles.All.OrderBy(article => article.Id, StringComparer.Ordinal).ToList());

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
    public IndexedArticle? Find(string id) => Read(() => content.Articles.TryFind(id, out var article) ? article : null);

    /// <summary>A page and a story side by side; null when one of them is not there.</summary>
    public PairComparison? Compare(string page, string story) => Read<PairComparison?>(() =>
        content.Articles.TryFind(page, out var left) && content.Articles.TryFind(story, out var right) ? content.Compare(new PageTerms(left), right) : null);

    /// <summary>The similarity of two articles, 0 to 1, 0 across languages; null when one of them is not there.</summary>
    public double? Similarity(string one, string other) => Read<double?>(() =>
        content.Articles.TryFind(one, out var left) && content.Articles.TryFind(other, out var right)
            ? left.Language == right.Language ? Math.Round(content.Cosine(new PageTerms(left), right), 6) : 0
            : null);

    /// <summary>How much a term (by its identity) tells, given the articles that are here.</summary>
    public double Worth(uint term) => Read(() => content.WorthOf(term));

    /// <summary>
    /// The <paramref name="count"/> articles of the same language that are nearest to one, in the order of <see cref="NeighbourList.Order"/>. Who shares none but its common terms with the
    /// article may be missed where there are very many articles.
    /// </summary>
    public IReadOnlyList<Neighbour> Nearest(string id, int count) => Read(() => content.Articles.TryFind(id, out var page) ? Describe(page, count) : []);

    /// <summary>The articles that are nearest to one that is not here, such as a text that is not published yet, as <see cref="Nearest(string, int)"/> gives them.</summary>
    public IReadOnlyList<Neighbour> Nearest(IndexedArticle page, int count) => Read(() => Describe(content.Weighed(page), count));

    /// <summary>The nearest of an article as <see cref="Nearest(string, int)"/> gives them, each with what the article is to it.</summary>
    public IReadOnlyList<(Neighbour Near, Neighbour Reverse)> NearestBothWays(string id, int count) => Read<IReadOnlyList<(Neighbour, Neighbour)>>(() =>
    {
        if (!content.Articles.TryFind(id, out var page))
        {
            return [];
        }

        var terms = new PageTerms(page);
        return [.. Best(terms, count)
            .Select(story =>
            {
                var comparison = content.Compare(terms, story);
                return (
                    Near: Describe(page, story, comparison, content.SharedTermsOf(terms, story)),
                    Reverse: Describe(story, page, comparison.Reverse(), content.SharedTermsOf(terms, story, asPageWrites: false)));
            })
            .OrderBy(pair => pair.Near, NeighbourList.Order)];
    });

    /// <summary>
    /// Every article of the same language whose similarity to one reaches <paramref name="floor"/>, in no particular order: what <see cref="Nearest(string, int)"/> finds, without a limit and
    /// without words.
    /// </summary>
    internal IReadOnlyList<NearArticle> Near(string id, double floor) => Read<IReadOnlyList<NearArticle>>(() =>
    {
        if (!content.Articles.TryFind(id, out var page))
        {
            return [];
        }

        var terms = new PageTerms(page);
        return [.. content.Multiply(page, long.MaxValue, (sums, _) => Similar(page, sums, floor - SumError))
            .Select(story => new NearArticle(story.Id, story.Published, Math.Round(content.Cosine(terms, story), 6)))
            .Where(near => near.Similarity >= floor)];
    });

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private List<Neighbour> Describe(IndexedArticle page, int count)
    {
        var terms = new PageTerms(page);
        return [.. Best(terms, count).Select(story => Describe(page, story, content.Compare(terms, story), content.SharedTermsOf(terms, story))).Order(NeighbourList.Order)];
    }

    private static Neighbour Describe(IndexedArticle page, IndexedArticle story, in PairComparison comparison, IReadOnlyList<string> shared)
    {
        var similarity = Math.Round(comparison.Terms, 6);
        return new Neighbour(story.Id, similarity, story.Published, shared)
        {
            Strength = Math.Round(Neighbour.StrengthOf(similarity, page.Published - story.Published), 6),
            Features = PairFeatures.Pack(comparison),
            Topics = story.Topics,
            Evergreen = story.Evergreen,
        };
    }

    // First by the sums, then by the cosines of those that are among the best by them.
    private IEnumerable<IndexedArticle> Best(PageTerms page, int count) => content
        .Multiply(page.Page, MostProducts, (sums, isComplete) => Strongest(page.Page, sums, isComplete ? count + Slack : (Spares * count) + Slack))
        .Select(place => content.Articles[place])
        .Select(story => (Story: story, Rank: new Rank(Neighbour.StrengthOf(content.Cosine(page, story), page.Page.Published - story.Published), story.Id)))
        .OrderByDescending(found => found.Rank)
        .Take(count)
        .Select(found => found.Story);

    private List<int> Strongest(IndexedArticle page, ProductSums sums, int count)
    {
        var day = PlacedArticle.DayOf(page.Published);
        var columns = content.Articles.Columns;
        var products = sums.All;
        var (self, language, length, least) = (content.Articles.PlaceOf(page.Id), content.Articles.LanguageOf(page.Language), page.Lengths.Terms, 0f);
        var best = new PriorityQueue<int, Rank>(count + 1);
        foreach (var place in sums.Touched)
        {
            ref readonly var story = ref columns[place];
            if (story.Length == 0 || story.Language != language || place == self
                || products[place] * MostLeftAfter[Math.Min((int)Math.Abs(story.Day - day), MostLeftAfter.Length - 1)] < least * story.Length)
            {
                continue;
            }

            var strength = Neighbour.StrengthOf(products[place] / (length * story.Length), TimeSpan.FromDays(story.Day - day));
            var rank = new Rank(strength, content.Articles[place].Id);
            if (best.Count < count)
            {
                best.Enqueue(place, rank);
            }
            else
            {
                best.EnqueueDequeue(place, rank);
                least = best.TryPeek(out _, out var last) ? (float)last.Strength * length : 0;
            }
        }

        return [.. best.UnorderedItems.Select(entry => entry.Element)];
    }

    // Every other article of the page's language whose similarity reaches this, as the sums tell.
    private List<IndexedArticle> Similar(IndexedArticle page, ProductSums sums, double least)
    {
        var similar = new List<IndexedArticle>();
        var columns = content.Articles.Columns;
        var products = sums.All;
        var (self, language, length) = (content.Articles.PlaceOf(page.Id), content.Articles.LanguageOf(page.Language), page.Lengths.Terms);
        foreach (var place in sums.Touched)
        {
            ref readonly var story = ref columns[place];
            if (story.Length > 0 && story.Language == language && place != self && products[place] >= least * length * story.Length)
            {
                similar.Add(content.Articles[place]);
            }
        }

        return similar;
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
