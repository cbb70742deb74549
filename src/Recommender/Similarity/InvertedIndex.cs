using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// What a <see cref="SimilarityIndex"/> holds: the articles, for each term the articles that have it, and what terms and topics tell. A term is weighed when an article with it comes or
/// goes, and all are from time to time. Not safe for threads by itself.
/// </summary>
internal sealed class InvertedIndex
{
    private const double Drift = 0.05;
    private const int MinimumToCompact = 64;

    private readonly TermTable terms = new();
    private readonly Dictionary<string, int> topics = new(StringComparer.Ordinal);
    private readonly ProductSums.Pool sums = new();
    private TermShares shares = TermShares.None;
    private int articlesWhenMeasured;

    /// <summary>The articles.</summary>
    public PlacedArticles Articles { get; } = new();

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    public void Set(IndexedArticle given)
    {
        // It may be in another index too, which numbers its terms otherwise.
        var article = given with { };
        if (Articles.TryFind(article.Id, out var before) && before.Terms.Equals(article.Terms))
        {
            article.Numbers = before.Numbers;
            Articles.Replace(article);
            CountTopics(before.Topics, -1);
            CountTopics(article.Topics, +1);
            Measure(article);
            return;
        }

        Remove(article.Id);
        CountTopics(article.Topics, +1);
        Append(article);
        Weigh(article);
        Measure(article);
        if (Math.Abs(Articles.Count - articlesWhenMeasured) > Drift * articlesWhenMeasured)
        {
            Measure();
        }
    }

    /// <summary>Removes an article. False when it was not there.</summary>
    public bool Remove(string id)
    {
        if (Articles.Remove(id) is not { } article)
        {
            return false;
        }

        foreach (var number in article.Numbers)
        {
            terms.All[number].Live--;
        }

        CountTopics(article.Topics, -1);
        Weigh(article);
        if (Articles.Places > MinimumToCompact && Articles.Count < Articles.Places / 2)
        {
            Compact();
        }

        return true;
    }

    /// <summary>Takes over what is known of how common terms are, and weighs all articles anew.</summary>
    public void Learn(TermShares known)
    {
        shares = known;
        foreach (ref var term in terms.All)
        {
            term.Share = shares.ShareOf(term.Identity);
        }

        Measure();
    }

    /// <summary>Weighs all terms and articles anew.</summary>
    public void Measure()
    {
        articlesWhenMeasured = Articles.Count;
        foreach (ref var term in terms.All)
        {
            term.Weigh(Articles.Count);
        }

        foreach (var article in Articles.All)
        {
            Measure(article);
        }
    }

    /// <summary>A page to be compared, whether it is here or not: that of its id as it is given, with the numbers of its terms and the lengths of its vectors.</summary>
    public IndexedArticle Weighed(IndexedArticle page)
    {
        var numbers = new int[page.Terms.Count];
        for (var term = 0; term < numbers.Length; term++)
        {
            numbers[term] = terms.Find(page.Terms.HashAt(term));
        }

        var weighed = page with { Numbers = numbers };
        weighed.Lengths = PairComparison.Measure(weighed, term => WorthOf(weighed, term), TopicWorthOf);
        return weighed;
    }

    /// <summary>A page and a story of this index side by side.</summary>
    public PairComparison Compare(PageTerms page, IndexedArticle story) => PairComparison.Of(page, story, terms.All, TopicWorthOf);

    /// <summary>The cosine of the terms of a page and a story of this index, 0 to 1.</summary>
    public double Cosine(PageTerms page, IndexedArticle story) => page.Cosine(story, terms.All);

    /// <summary>The words for the similarity of a page and a story of this index, as the page writes them, or the story.</summary>
    public IReadOnlyList<string> SharedTermsOf(PageTerms page, IndexedArticle story, bool asPageWrites = true) => SharedTerms.Of(page, story, terms.All, asPageWrites);

    /// <summary>How much a term tells.</summary>
    public double WorthOf(uint term) =>
        terms.Find(term) is var number and >= 0 ? terms.All[number].Worth : TermStatistics.Worth(term, shares.FrequencyOf(term, Articles.Count), Articles.Count);

    /// <summary>Adds up the products of a page's terms with those of the articles here, those of the terms that tell most first.</summary>
    /// <param name="page">The page, here or not.</param>
    /// <param name="most">Products after which no other term is looked at.</param>
    /// <param name="visit">Given the sums, of removed articles too, and whether they are complete.</param>
    public T Multiply<T>(IndexedArticle page, long most, Func<ProductSums, bool, T> visit)
    {
        var products = sums.Rent(Articles.Places);
        try
        {
            return visit(products, Multiply(page, most, products));
        }
        finally
        {
            sums.Return(products);
        }
    }

    private bool Multiply(IndexedArticle page, long most, ProductSums into)
    {
        Span<float> products = stackalloc float[PackedTerms.Levels];
        var all = terms.All;
        var known = Articles.PlaceOf(page.Id) >= 0;
        foreach (var (term, weight) in ByWeight(page))
        {
            // A term that no other article has leads to nothing but the page itself.
            ref var entry = ref all[page.Numbers[term]];
            if (weight == 0 || entry.Live < 1 || (entry.Live < 2 && known))
            {
                continue;
            }

            if (most <= 0)
            {
                return false;
            }

            for (var level = 0; level < products.Length; level++)
            {
                products[level] = weight * PackedTerms.WeightOf(level);
            }

            into.Add(entry.Postings.Entries, products);
            most -= entry.Live;
        }

        return true;
    }

    // Weights are those by which a story's are to be multiplied.
    private List<(int Term, float Weight)> ByWeight(IndexedArticle page)
    {
        var all = terms.All;
        var weights = new List<(int Term, float Weight)>(page.Numbers.Length);
        for (var term = 0; term < page.Numbers.Length; term++)
        {
            if (page.Numbers[term] is var number and >= 0)
            {
                weights.Add((term, page.Terms.WeightAt(term) * all[number].Worth * all[number].Worth));
            }
        }

        weights.Sort((left, right) => right.Weight.CompareTo(left.Weight) is var order && order != 0 ? order : left.Term.CompareTo(right.Term));
        return weights;
    }

    private double WorthOf(IndexedArticle article, int term) =>
        article.Numbers[term] is var number and >= 0 ? terms.All[number].Worth : WorthOf(article.Terms.HashAt(term));

    private double TopicWorthOf(string topic) => TermStatistics.TopicWorth(topics.GetValueOrDefault(topic), Articles.Count);

    private void Measure(IndexedArticle article)
    {
        article.Lengths = PairComparison.Measure(article, term => WorthOf(article, term), TopicWorthOf);
        Articles.Measure(article);
    }

    private void Weigh(IndexedArticle article)
    {
        foreach (var number in article.Numbers)
        {
            terms.All[number].Weigh(Articles.Count);
        }
    }

    private void CountTopics(IReadOnlyList<string> slugs, int step)
    {
        foreach (var topic in slugs)
        {
            topics[topic] = topics.GetValueOrDefault(topic) + step;
        }
    }

    private void Append(IndexedArticle article)
    {
        var place = Articles.Add(article);
        article.Numbers = new int[article.Terms.Count];
        for (var term = 0; term < article.Numbers.Length; term++)
        {
            var number = terms.Add(article.Terms.HashAt(term), shares);
            article.Numbers[term] = number;
            ref var entry = ref terms.All[number];
            entry.Postings.Add(place, article.Terms.LevelAt(term));
            entry.Live++;
        }
    }

    private void Compact()
    {
        var living = Articles.All.ToList();
        Articles.Clear();
        terms.Clear();
        living.ForEach(Append);
        Measure();
    }
}
