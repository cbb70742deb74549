using Recommender.Similarity.Memory;
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

    /// <summary>Compares a page and a story of the index.</summary>
    /// <param name="page">The page.</param>
    /// <param name="story">The story that may stand under it.</param>
    /// <param name="matches">The terms they share.</param>
    /// <param name="topics">Number of topics they share, and the product of their vectors of topics.</param>
    internal static PairComparison Of(PageTerms page, in HeldArticle story, ReadOnlySpan<TermMatch> matches, (int Count, double Product) topics)
    {
        int rareWords = 0, rarePairs = 0;
        double words = 0, pairs = 0, names = 0, headlines = 0, leads = 0, storyHeadline = 0, pageHeadline = 0, storyIntroduction = 0, pageIntroduction = 0;
        foreach (ref readonly var match in matches)
        {
            ref readonly var term = ref page.Terms[match.PagePlace];
            var product = match.Product;
            double told = term.Worth;
            ref readonly var inPage = ref TermPlaces.Of(term.Traits);
            ref readonly var inStory = ref TermPlaces.Of(match.InStory.Traits);
            words += product * inPage.Word;
            pairs += product * inPage.Pair;
            names += product * (inPage.Name * inStory.Name);
            headlines += product * (inPage.Headline * inStory.Headline);
            leads += product * (inPage.Lead * inStory.Lead);
            storyHeadline += told * inStory.Headline;
            pageHeadline += told * inPage.Headline;
            storyIntroduction += told * inStory.Introduction;
            pageIntroduction += told * inPage.Introduction;
            if (term.IsRare)
            {
                rareWords += (int)inPage.Word;
                rarePairs += (int)inPage.Pair;
            }
        }

        var a = page.Lengths;
        ref readonly var b = ref story.Facts.Lengths;
        return new PairComparison
        {
            Terms = a.Terms * b.Terms > 0 ? Share(words + pairs, (double)a.Terms * b.Terms) : 0,
            Words = Share(words, a.Words, b.Words),
            Pairs = Share(pairs, a.Pairs, b.Pairs),
            Names = Share(names, a.Names, b.Names),
            Headlines = Share(headlines, a.Headline, b.Headline),
            Leads = Share(leads, a.Lead, b.Lead),
            StoryHeadlineInPage = Share(storyHeadline, (double)b.HeadlineWorth),
            PageHeadlineInStory = Share(pageHeadline, (double)a.HeadlineWorth),
            StoryIntroductionInPage = Share(storyIntroduction, (double)b.IntroductionWorth),
            PageIntroductionInStory = Share(pageIntroduction, (double)a.IntroductionWorth),
            Topics = Share(topics.Product, a.Topics, b.Topics),
            SharedTopics = topics.Count,
            Latent = LatentVector.Cosine(page.Latent, story.Latent),
            Links = (page.Links.AsSpan().Contains(story.Facts.Address) ? BodyLinks.ToStory : 0) | (story.Links.Contains(page.Address) ? BodyLinks.ToPage : 0),
            RareWords = rareWords,
            RarePairs = rarePairs,
            StoryLength = PackedTerms.TextLengthOf(story.TextLength),
            PageLength = PackedTerms.TextLengthOf(page.TextLength),
        };
    }

    private static double Share(double product, Half one, Half other) => Share(product, (double)one * (double)other);

    private static double Share(double part, double whole) => whole > 0 ? Math.Min(1, part / whole) : double.NaN;

    // 1 for each of the places where a term stands, 0 for the others, so that going through terms takes no branch that depends on them. Where words stand counts, not where pairs of words do.
    private readonly record struct TermPlaces(double Word, double Pair, double Name, double Headline, double Lead, double Introduction)
    {
        private static readonly TermPlaces[] All = [.. Enumerable.Range(0, 2 * (int)TermTraits.Lead).Select(traits => Make((TermTraits)traits))];

        public static ref readonly TermPlaces Of(TermTraits traits) => ref All[(int)traits];

        private static TermPlaces Make(TermTraits traits)
        {
            var word = Has(TermTraits.Pair) == 0 ? 1 : 0;
            return new TermPlaces(
                word,
                Has(TermTraits.Pair),
                Has(TermTraits.Name),
                word * Has(TermTraits.Headline),
                word * Has(TermTraits.Lead | TermTraits.Dek),
                word * Has(TermTraits.Headline | TermTraits.Dek));

            int Has(TermTraits any) => (traits & any) != 0 ? 1 : 0;
        }
    }
}
