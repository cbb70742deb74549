using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>A page and a story side by side: what they share, by where it stands. All figures are from 0 to 1; NaN where one of them has nothing to compare.</summary>
public readonly record struct PairComparison
{
    /// <summary>Cosine of all weighted terms.</summary>
    public double Terms { get; private init; }

    /// <summary>Cosine of single words.</summary>
    public double Words { get; private init; }

    /// <summary>Cosine of pairs of words.</summary>
    public double Pairs { get; private init; }

    /// <summary>Cosine of names: what is written with a capital inside a sentence.</summary>
    public double Names { get; private init; }

    /// <summary>Cosine of the words in the headlines.</summary>
    public double Headlines { get; private init; }

    /// <summary>Cosine of the words in dek and lead.</summary>
    public double Leads { get; private init; }

    /// <summary>Share of the story's headline, by what its words tell, that the page's text has.</summary>
    public double StoryHeadlineInPage { get; private init; }

    /// <summary>Share of the page's headline that the story's text has.</summary>
    public double PageHeadlineInStory { get; private init; }

    /// <summary>Share of the story's headline and dek that the page's text has.</summary>
    public double StoryIntroductionInPage { get; private init; }

    /// <summary>Share of the page's headline and dek that the story's text has.</summary>
    public double PageIntroductionInStory { get; private init; }

    /// <summary>Cosine of topics, each weighted by its rarity.</summary>
    public double Topics { get; private init; }

    /// <summary>Number of topics they share.</summary>
    public int SharedTopics { get; private init; }

    /// <summary>Cosine of latent vectors; null when these cannot be compared.</summary>
    public double? Latent { get; private init; }

    /// <summary>Number of words they share that few other articles have.</summary>
    public int RareWords { get; private init; }

    /// <summary>Number of pairs of words they share that hardly any other article has.</summary>
    public int RarePairs { get; private init; }

    /// <summary>Which of them links to the other.</summary>
    public BodyLinks Links { get; private init; }

    /// <summary>Length of the story's text, by the logarithm.</summary>
    public double StoryLength { get; private init; }

    /// <summary>Length of the page's text, by the logarithm.</summary>
    public double PageLength { get; private init; }

    /// <summary>The same with the places of page and story exchanged.</summary>
    public PairComparison Reverse() => this with
    {
        StoryHeadlineInPage = PageHeadlineInStory,
        PageHeadlineInStory = StoryHeadlineInPage,
        StoryIntroductionInPage = PageIntroductionInStory,
        PageIntroductionInStory = StoryIntroductionInPage,
        Links = (Links.HasFlag(BodyLinks.ToStory) ? BodyLinks.ToPage : 0) | (Links.HasFlag(BodyLinks.ToPage) ? BodyLinks.ToStory : 0),
        StoryLength = PageLength,
        PageLength = StoryLength,
    };

    /// <summary>Compares two articles.</summary>
    /// <param name="pageTerms">The page.</param>
    /// <param name="story">The story that may stand under it.</param>
    /// <param name="terms">What is known of terms, by their numbers.</param>
    /// <param name="topicWorth">What a topic tells.</param>
    internal static PairComparison Of(PageTerms pageTerms, IndexedArticle story, ReadOnlySpan<IndexedTerm> terms, Func<string, double> topicWorth)
    {
        var page = pageTerms.Page;
        int rareWords = 0, rarePairs = 0;
        double words = 0, pairs = 0, names = 0, headlines = 0, leads = 0, storyHeadline = 0, pageHeadline = 0, storyIntroduction = 0, pageIntroduction = 0;
        for (var term = 0; term < story.Numbers.Length; term++)
        {
            var place = pageTerms.Find(story.Numbers[term]);
            if (place < 0)
            {
                continue;
            }

            ref readonly var known = ref terms[story.Numbers[term]];
            double told = known.Worth;
            var product = page.Terms.WeightAt(place) * story.Terms.WeightAt(term) * told * told;
            var (inPage, inStory) = (page.Terms.TraitsAt(place), story.Terms.TraitsAt(term));
            var inBoth = inPage & inStory;
            names += (inBoth & TermTraits.Name) != 0 ? product : 0;
            if ((inBoth & TermTraits.Pair) != 0)
            {
                pairs += product;
                rarePairs += known.IsRare ? 1 : 0;
                continue;
            }

            words += product;
            rareWords += known.IsRare ? 1 : 0;
            headlines += (inBoth & TermTraits.Headline) != 0 ? product : 0;
            leads += IsLead(inPage) && IsLead(inStory) ? product : 0;
            storyHeadline += (inStory & TermTraits.Headline) != 0 ? told : 0;
            pageHeadline += (inPage & TermTraits.Headline) != 0 ? told : 0;
            storyIntroduction += IsIntroduction(inStory) ? told : 0;
            pageIntroduction += IsIntroduction(inPage) ? told : 0;
        }

        var (a, b) = (page.Lengths, story.Lengths);
        var topics = 0.0;
        var shared = 0;
        foreach (var topic in page.Topics.Where(story.Topics.Contains))
        {
            topics += Math.Pow(topicWorth(topic), 2);
            shared++;
        }

        return new PairComparison
        {
            Terms = a.Terms * b.Terms > 0 ? Share(words + pairs, (double)a.Terms * b.Terms) : 0,
            Words = Share(words, a.Words * b.Words),
            Pairs = Share(pairs, a.Pairs * b.Pairs),
            Names = Share(names, a.Names * b.Names),
            Headlines = Share(headlines, a.Headline * b.Headline),
            Leads = Share(leads, a.Lead * b.Lead),
            StoryHeadlineInPage = Share(storyHeadline, b.HeadlineWorth),
            PageHeadlineInStory = Share(pageHeadline, a.HeadlineWorth),
            StoryIntroductionInPage = Share(storyIntroduction, b.IntroductionWorth),
            PageIntroductionInStory = Share(pageIntroduction, a.IntroductionWorth),
            Topics = Share(topics, a.Topics * b.Topics),
            SharedTopics = shared,
            Latent = LatentVector.Cosine(page.Latent, story.Latent),
            Links = (page.Links.Contains(story.Address) ? BodyLinks.ToStory : 0) | (story.Links.Contains(page.Address) ? BodyLinks.ToPage : 0),
            RareWords = rareWords,
            RarePairs = rarePairs,
            StoryLength = story.Terms.TextLength,
            PageLength = page.Terms.TextLength,
        };
    }

    /// <summary>The lengths by which an article's products become cosines.</summary>
    /// <param name="article">The article.</param>
    /// <param name="worth">What the term at a place among the article's tells.</param>
    /// <param name="topicWorth">What a topic tells.</param>
    internal static VectorLengths Measure(IndexedArticle article, Func<int, double> worth, Func<string, double> topicWorth)
    {
        double words = 0, pairs = 0, names = 0, headline = 0, lead = 0, headlineWorth = 0, introductionWorth = 0;
        for (var term = 0; term < article.Terms.Count; term++)
        {
            var told = worth(term);
            var square = Math.Pow(article.Terms.WeightAt(term) * told, 2);
            var traits = article.Terms.TraitsAt(term);
            names += (traits & TermTraits.Name) != 0 ? square : 0;
            if ((traits & TermTraits.Pair) != 0)
            {
                pairs += square;
                continue;
            }

            words += square;
            headline += (traits & TermTraits.Headline) != 0 ? square : 0;
            headlineWorth += (traits & TermTraits.Headline) != 0 ? told : 0;
            lead += IsLead(traits) ? square : 0;
            introductionWorth += IsIntroduction(traits) ? told : 0;
        }

        return new VectorLengths
        {
            Terms = (float)Math.Sqrt(words + pairs),
            Words = (float)Math.Sqrt(words),
            Pairs = (float)Math.Sqrt(pairs),
            Names = (float)Math.Sqrt(names),
            Headline = (float)Math.Sqrt(headline),
            Lead = (float)Math.Sqrt(lead),
            HeadlineWorth = (float)headlineWorth,
            IntroductionWorth = (float)introductionWorth,
            Topics = (float)Math.Sqrt(article.Topics.Sum(topic => Math.Pow(topicWorth(topic), 2))),
        };
    }

    private static bool IsLead(TermTraits traits) => (traits & (TermTraits.Lead | TermTraits.Dek)) != 0;

    private static bool IsIntroduction(TermTraits traits) => (traits & (TermTraits.Headline | TermTraits.Dek)) != 0;

    private static double Share(double part, double whole) => whole > 0 ? Math.Min(1, part / whole) : double.NaN;
}
