using Recommender.Similarity.Memory;

namespace Recommender.Similarity;

/// <summary>
/// What a <see cref="SimilarityIndex"/> holds: the articles, for each term the articles that have it, and what terms and topics tell. A term is weighed when an article with it comes or
/// goes, and all are from time to time. Not safe for threads by itself.
/// </summary>
internal sealed class InvertedIndex(TopicSets topics)
{
    private const double Drift = 0.05;

    // More emptiness is too much whenever all is gone through anyway, and this much more at any time.
    private const double MostEmpty = 0.1;
    private const double FarTooEmpty = 0.5;

    private int articlesWhenMeasured;

    // Whether nothing that weighs changed since.
    private bool isMeasured;

    /// <summary>The articles.</summary>
    public HeldArticles Articles { get; private set; } = new();

    /// <summary>Their terms.</summary>
    public TermTable Terms { get; private set; } = new();

    /// <summary>What is known of how common terms are.</summary>
    public TermShares Shares { get; private set; } = TermShares.None;

    /// <summary>Grows whenever an article may have got another place or another length.</summary>
    public long Version { get; private set; }

    private bool HasDrifted => Math.Abs(Articles.Count - articlesWhenMeasured) > Drift * articlesWhenMeasured;

    private bool IsFarTooEmpty => Articles.Emptiness > FarTooEmpty;

    /// <summary>Adds an article, or replaces the one of the same id.</summary>
    /// <param name="article">The article.</param>
    /// <param name="weigh">Whether to weigh what that changes; without it, everything is to be measured before anything is compared.</param>
    public void Set(IndexedArticle article, bool weigh)
    {
        var (place, set) = (Articles.PlaceOf(article.Id), SetOf(article.Topics));
        var numbers = new int[article.Terms.Count];
        for (var term = 0; term < numbers.Length; term++)
        {
            numbers[term] = Terms.Add(article.Terms.HashAt(term));
        }

        var bytes = HeldArticleWriter.Write(article, numbers, Terms);
        if (place >= 0 && new HeldArticle(bytes, default).TermBytes.SequenceEqual(Articles.At(place).TermBytes))
        {
            var before = Articles.At(place).Facts.Topics;
            (isMeasured, Version) = (isMeasured && before == set, Version + 1);
            topics.Count(before, -1);
            topics.Count(set, +1);
            Articles.Replace(place, article, set, bytes);
            Measure(place);
            return;
        }

        if (place >= 0)
        {
            TakeOut(place);
        }

        (isMeasured, Version) = (false, Version + 1);
        topics.Count(set, +1);
        place = Articles.Add(article, set, bytes);
        for (var term = 0; term < numbers.Length; term++)
        {
            Terms.Post(numbers[term], place, article.Terms.LevelAt(term));
        }

        if (weigh)
        {
            Weigh(numbers);
            Measure(place);
        }

        if ((weigh && HasDrifted) || IsFarTooEmpty)
        {
            Measure();
        }
    }

    /// <summary>Removes an article. False when it was not there.</summary>
    public bool Remove(string id)
    {
        if (Articles.PlaceOf(id) is not (var place and >= 0))
        {
            return false;
        }

        TakeOut(place);
        if (IsFarTooEmpty)
        {
            Measure();
        }

        return true;
    }

    /// <summary>The article at a place that is not empty, as it came in.</summary>
    public IndexedArticle At(int place)
    {
        var article = Articles.At(place);
        return new IndexedArticle(article.Id, article.Facts.PublishedAt, Articles.LanguageAt(place), HeldArticleWriter.Unpack(article, Terms))
        {
            Topics = topics.SlugsOf(article.Facts.Topics),
            Evergreen = article.IsEvergreen,
            Address = article.Facts.Address,
            Links = article.Links.ToArray(),
            Latent = LatentVector.FromBytes(article.Latent.ToArray()),
        };
    }

    /// <summary>The article at a place that is not empty, without its terms.</summary>
    public ArticleOutline OutlineAt(int place)
    {
        var article = Articles.At(place);
        return new ArticleOutline(article.Id, article.Facts.PublishedAt, Articles.LanguageAt(place), topics.SlugsOf(article.Facts.Topics), article.Facts.Lengths.Terms > 0);
    }

    /// <summary>Takes over what is known of how common terms are, and weighs all articles anew.</summary>
    public void Learn(TermShares known)
    {
        Shares = known;
        Terms.Learn(known);
        isMeasured = false;
        Measure();
    }

    /// <summary>Weighs all terms and articles anew, unless nothing changed since that was done, and leaves nothing empty or far out of order.</summary>
    public void Measure()
    {
        Compact();
        if (isMeasured)
        {
            return;
        }

        (isMeasured, Version) = (true, Version + 1);
        articlesWhenMeasured = Articles.Count;
        Terms.Count(Articles.Count);
        Terms.WeighAll();
        Parallel.ForEach(Articles.Taken, Measure);
    }

    /// <summary>A page of the index, to be compared.</summary>
    public PageTerms PageAt(int place) => PageTerms.Of(Articles, place, Terms);

    /// <summary>The number of a set of topics.</summary>
    public int SetOf(IReadOnlyList<string> slugs) => topics.Of(slugs);

    /// <summary>A page to be compared as it is given, whether one of its id is here or not.</summary>
    /// <param name="page">The page.</param>
    /// <param name="set">What <see cref="SetOf"/> gives for its topics.</param>
    public PageTerms PageOf(IndexedArticle page, int set)
    {
        var lengths = new VectorLengths.Sums(topics.LengthOf(set, Articles.Count));
        for (var term = 0; term < page.Terms.Count; term++)
        {
            lengths.Add(page.Terms.TermAt(term), Terms.WorthOf(page.Terms.HashAt(term)));
        }

        return PageTerms.Of(page, Articles, Terms, set, lengths.ToLengths());
    }

    /// <summary>A page and a story of this index side by side.</summary>
    /// <param name="page">The page.</param>
    /// <param name="story">The story.</param>
    /// <param name="matches">What <see cref="PageTerms.Meet"/> gives for them.</param>
    public PairComparison Compare(PageTerms page, in HeldArticle story, ReadOnlySpan<TermMatch> matches) =>
        PairComparison.Of(page, story, matches, topics.Shared(page.Topics, story.Facts.Topics, Articles.Count));

    /// <summary>The slugs of a story's topics.</summary>
    public IReadOnlyList<string> TopicsOf(in HeldArticle story) => topics.SlugsOf(story.Facts.Topics);

    /// <summary>In how many articles each term stands that stands in more than one.</summary>
    public TermCounts CountTerms() => new(Terms.Frequencies(), Articles.Count);

    /// <summary>Writes all that is here, but not what is known of how common terms are.</summary>
    public void Save(ImageWriter image)
    {
        image.Write(articlesWhenMeasured);
        topics.Save(image);
        Articles.Save(image);
        Terms.Save(image);
    }

    /// <summary>Fills an empty index with what <see cref="Save"/> wrote.</summary>
    public void Load(ImageReader image, TermShares known)
    {
        (articlesWhenMeasured, Shares) = (image.ReadCount(), known);
        topics.Load(image);
        Articles.Load(image);
        Terms.Load(image);
        Terms.Learn(known);
    }

    private void TakeOut(int place)
    {
        (isMeasured, Version) = (false, Version + 1);
        var numbers = Articles.At(place).Terms.Numbers();
        foreach (var number in numbers)
        {
            Terms.Withdraw(number);
        }

        topics.Count(Articles.At(place).Facts.Topics, -1);
        Articles.Remove(place);
        Weigh(numbers);
    }

    private void Measure(int place)
    {
        var article = Articles.At(place);
        var lengths = new VectorLengths.Sums(topics.LengthOf(article.Facts.Topics, Articles.Count));
        var held = article.Terms;
        while (held.MoveNext())
        {
            lengths.Add(held.Term, Terms.WorthOf(held.Number));
        }

        Articles.Measure(place, lengths.ToLengths());
    }

    private void Weigh(IEnumerable<int> numbers)
    {
        Terms.Count(Articles.Count);
        foreach (var number in numbers)
        {
            Terms.Weigh(number);
        }
    }

    private void Compact()
    {
        if (Articles.Emptiness > MostEmpty || Articles.IsOutOfOrder)
        {
            (Articles, Terms) = Compaction.Of(Articles, Terms);
            (isMeasured, Version) = (false, Version + 1);
        }
    }
}
