using Recommender.Text;

namespace Recommender.Similarity;

/// <summary>
/// Lengths of an article's vectors of weighted terms, by which their products become cosines. All but the first are kept in half precision, off by a two-thousandth at most: what is made of them
/// is told in 254 steps.
/// </summary>
internal readonly record struct VectorLengths
{
    /// <summary>Of all terms.</summary>
    public float Terms { get; init; }

    /// <summary>Of single words.</summary>
    public Half Words { get; init; }

    /// <summary>Of pairs of words.</summary>
    public Half Pairs { get; init; }

    /// <summary>Of names.</summary>
    public Half Names { get; init; }

    /// <summary>Of the words in the headline.</summary>
    public Half Headline { get; init; }

    /// <summary>Of the words in dek and lead.</summary>
    public Half Lead { get; init; }

    /// <summary>Of topics.</summary>
    public Half Topics { get; init; }

    /// <summary>What the words in the headline tell, summed.</summary>
    public Half HeadlineWorth { get; init; }

    /// <summary>What the words in headline and dek tell, summed.</summary>
    public Half IntroductionWorth { get; init; }

    /// <summary>Adds up the lengths of an article's vectors.</summary>
    /// <param name="topics">Length of its vector of topics.</param>
    internal struct Sums(double topics)
    {
        private double words;
        private double pairs;
        private double names;
        private double headline;
        private double lead;
        private double headlineWorth;
        private double introductionWorth;

        /// <summary>Adds a term.</summary>
        /// <param name="term">The term.</param>
        /// <param name="worth">How much it tells.</param>
        public void Add(PackedTerm term, double worth)
        {
            var square = term.Weight * worth * (term.Weight * worth);
            var traits = term.Traits;
            names += (traits & TermTraits.Name) != 0 ? square : 0;
            if ((traits & TermTraits.Pair) != 0)
            {
                pairs += square;
                return;
            }

            words += square;
            headline += (traits & TermTraits.Headline) != 0 ? square : 0;
            headlineWorth += (traits & TermTraits.Headline) != 0 ? worth : 0;
            lead += (traits & (TermTraits.Lead | TermTraits.Dek)) != 0 ? square : 0;
            introductionWorth += (traits & (TermTraits.Headline | TermTraits.Dek)) != 0 ? worth : 0;
        }

        /// <summary>The lengths.</summary>
        public readonly VectorLengths ToLengths() => new()
        {
            Terms = (float)Math.Sqrt(words + pairs),
            Words = (Half)Math.Sqrt(words),
            Pairs = (Half)Math.Sqrt(pairs),
            Names = (Half)Math.Sqrt(names),
            Headline = (Half)Math.Sqrt(headline),
            Lead = (Half)Math.Sqrt(lead),
            Topics = (Half)topics,
            HeadlineWorth = (Half)headlineWorth,
            IntroductionWorth = (Half)introductionWorth,
        };
    }
}
