using System.Diagnostics.CodeAnalysis;

namespace Recommender.Similarity;

/// <summary>What a <see cref="SimilarityIndex"/> holds: the articles, for each term the articles that have it, and what terms and topics tell. Not safe for threads by itself.</summary>
internal sealed class InvertedIndex
{
    private const double Drift = 0.05;
    private const int MinimumToCompact = 64;

    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, Postings> postings = [];
    private readonly Dictionary<string, int> topics = new(StringComparer.Ordinal);
    private readonly List<IndexedArticle?> articles = [];
    private TermShares shares = TermShares.None;
    private int articlesWhenMeasured;

    /// <summary>Number of articles.</summary>
    public int Count => ordinals.Count;

    /// <summary>Number of places, some of which are empty.</summary>
    public int Places => articles.Count;

    /// <summary>The articles, in no particular order.</summary>
    public IEnumerable<IndexedArticle> Articles => articles.OfType<IndexedArticle>();

    /// <summary>The article at a place; null when that is empty.</summary>
    public IndexedArticle? At(int place) => articles[place];

    /// <summary>Finds an article by its id.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out IndexedArticle? article)
    {
        article = ordinals.TryGetValue(id, out var place) ? articles[place] : null;
        return article is not null;
    }

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle article)
    {
        Remove(article.Id);
        foreach (var topic in article.Topics)
        {
            topics[topic] = topics.GetValueOrDefault(topic) + 1;
        }

        Append(article);
        article.Lengths = Measure(article);
        if (Math.Abs(Count - articlesWhenMeasured) > Drift * articlesWhenMeasured)
        {
            Measure();
        }
    }

    /// <summary>Removes an article. False when it was not there.</summary>
    public bool Remove(string id)
    {
        if (!ordinals.Remove(id, out var place))
        {
            return false;
        }

        var article = articles[place]!;
        articles[place] = null;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            postings[article.Terms.HashAt(term)].Live--;
        }

        foreach (var topic in article.Topics)
        {
            topics[topic]--;
        }

        if (articles.Count > MinimumToCompact && Count < articles.Count / 2)
        {
            Compact();
        }

        return true;
    }

    /// <summary>Takes over what is known of how common terms are, and weighs all articles anew.</summary>
    public void Learn(TermShares known)
    {
        shares = known;
        foreach (var (term, list) in postings)
        {
            list.Share = shares.ShareOf(term);
        }

        Measure();
    }

    /// <summary>Weighs all articles anew.</summary>
    public void Measure()
    {
        articlesWhenMeasured = Count;
        foreach (var article in Articles)
        {
            article.Lengths = Measure(article);
        }
    }

    /// <summary>The lengths of an article's vectors, whether it is here or not.</summary>
    public VectorLengths Measure(IndexedArticle article) => PairComparison.Measure(article, WorthOf, TopicWorthOf);

    /// <summary>A page and a story side by side.</summary>
    public PairComparison Compare(IndexedArticle page, IndexedArticle story) => PairComparison.Of(page, story, WorthOf, TopicWorthOf, IsRare);

    /// <summary>How much a term tells.</summary>
    public double WorthOf(uint term) => TermStatistics.Worth(term, FrequencyOf(term), Count);

    /// <summary>Adds up the products of a page's terms with those of all articles.</summary>
    /// <param name="page">The page, here or not.</param>
    /// <param name="products">All 0, one for each of <see cref="Places"/>.</param>
    /// <returns>The places that have a product, of removed articles too.</returns>
    public List<int> Multiply(IndexedArticle page, double[] products)
    {
        var touched = new List<int>();
        for (var term = 0; term < page.Terms.Count; term++)
        {
            // A term that no other article has leads to nothing but the page itself.
            var hash = page.Terms.HashAt(term);
            if (!postings.TryGetValue(hash, out var list) || list.Live < 1 || (list.Live < 2 && ordinals.ContainsKey(page.Id)))
            {
                continue;
            }

            var told = WorthOf(hash);
            var weight = page.Terms.WeightAt(term) * told * told;
            foreach (var (place, other) in list.Entries)
            {
                if (products[place] == 0)
                {
                    touched.Add(place);
                }

                products[place] += weight * other;
            }
        }

        return touched;
    }

    private int FrequencyOf(uint term) => postings.TryGetValue(term, out var list) ? list.FrequencyOf(Count) : shares.FrequencyOf(term, Count);

    private bool IsRare(uint term) => TermStatistics.IsRare(term, FrequencyOf(term), Count);

    private double TopicWorthOf(string topic) => TermStatistics.TopicWorth(topics.GetValueOrDefault(topic), Count);

    private void Append(IndexedArticle article)
    {
        ordinals[article.Id] = articles.Count;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            var hash = article.Terms.HashAt(term);
            if (!postings.TryGetValue(hash, out var list))
            {
                postings[hash] = list = new Postings { Share = shares.ShareOf(hash) };
            }

            list.Add(articles.Count, article.Terms.WeightAt(term));
        }

        articles.Add(article);
    }

    private void Compact()
    {
        var living = Articles.ToList();
        articles.Clear();
        postings.Clear();
        living.ForEach(Append);
    }
}
