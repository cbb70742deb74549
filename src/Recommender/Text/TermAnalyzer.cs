using System.IO.Hashing;
using System.Runtime.InteropServices;
using Lucene.Net.Analysis.TokenAttributes;
using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Text;

/// <summary>
/// Finds the terms of an article: words and pairs of words by the rules of its language, with how often and where they stand, each in the form in which people write it.
/// Safe for any number of threads.
/// </summary>
public static class TermAnalyzer
{
    /// <summary>Characters of the body that count as its lead.</summary>
    public const int LeadLength = 700;

    // Figures shorter than a year are counts and scores, which connect nothing.
    private const int ShortestNumber = 4;

    private const int UsualPair = 64;

    /// <summary>The terms of an article.</summary>
    public static AnalysedText Analyse(Article article)
    {
        var language = IndexedArticle.PrimaryLanguage(article.Language);
        var terms = new Dictionary<uint, Occurrences>();
        if (!Begins(article.Body, article.Title))
        {
            Collect(article.Title, TermTraits.Headline, language, terms);
        }

        if (!Begins(article.Body, article.Dek))
        {
            Collect(article.Dek, TermTraits.Dek, language, terms);
        }

        Collect(article.Body, TermTraits.Lead, language, terms);
        return new AnalysedText(language, InOrder(terms));
    }

    // The most frequent first, of those the one with the lower hash.
    private static AnalysedTerm[] InOrder(Dictionary<uint, Occurrences> terms)
    {
        var (order, found, count) = (new ulong[terms.Count], new AnalysedTerm[terms.Count], 0);
        foreach (var (hash, term) in terms)
        {
            order[count] = ((ulong)(int.MaxValue - term.Count) << 32) | hash;
            found[count++] = new AnalysedTerm(hash, term.Surface, term.Count, term.Traits);
        }

        Array.Sort(order, found);
        return found;
    }

    // Feeds often give the first words as a headline, or the first paragraph as a dek: that is neither, and says nothing that the body does not.
    private static bool Begins(string body, string text) => text.TrimEnd('.', '…', ' ') is { Length: > 0 } start && body.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static void Collect(string text, TermTraits field, string language, Dictionary<uint, Occurrences> terms)
    {
        if (text.Length == 0)
        {
            return;
        }

        var pairs = !LanguageAnalyzers.GivesPairs(language);
        using var tokens = LanguageAnalyzers.For(language).GetTokenStream("text", new StringReader(text));
        var stem = tokens.AddAttribute<ICharTermAttribute>();
        var offsets = tokens.AddAttribute<IOffsetAttribute>();
        var positions = tokens.AddAttribute<IPositionIncrementAttribute>();
        tokens.Reset();
        var previous = "";
        var previousStart = 0;
        var previousEnd = 0;
        while (tokens.IncrementToken())
        {
            var word = stem.ToString();
            var (start, end) = (offsets.StartOffset, offsets.EndOffset);
            if (!Tells(word, pairs))
            {
                previous = "";
                continue;
            }

            // Where a script has no spaces, a pair begins before the last one ends.
            var between = start > previousEnd ? text.AsSpan(previousEnd, start - previousEnd) : [];
            var isHeadline = field == TermTraits.Headline;
            var startsSentence = previousEnd == 0 || SurfaceForm.EndsSentence(between);
            var place = field == TermTraits.Lead && end > LeadLength ? TermTraits.None : field;
            Add(Hash(word), start, isHeadline || startsSentence, place);
            if (pairs && previous.Length > 0 && positions.PositionIncrement <= 2 && start > previousEnd && !SurfaceForm.Separates(between))
            {
                Add(Hash(previous, word), previousStart, isHeadline, place | TermTraits.Pair);
            }

            (previous, previousStart, previousEnd) = (word, start, end);

            void Add(uint hash, int from, bool isDoubtful, TermTraits traits)
            {
                ref var occurrences = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, hash, out _);
                occurrences ??= new Occurrences();
                occurrences.Add(SurfaceForm.Of(text, from, end), isDoubtful, traits);
            }
        }

        tokens.End();
    }

    private static bool Tells(string word, bool hasSpaces) =>
        word.Length > 0 && (!hasSpaces || word.Length > 1) && (word.Length >= ShortestNumber || !word.All(char.IsDigit));

    private static uint Hash(ReadOnlySpan<char> term) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(term));

    private static uint Hash(string first, string second)
    {
        var length = first.Length + 1 + second.Length;
        Span<char> both = length <= UsualPair ? stackalloc char[UsualPair] : new char[length];
        first.CopyTo(both);
        both[first.Length] = ' ';
        second.CopyTo(both[(first.Length + 1)..]);
        return Hash(both[..length]);
    }

    private sealed class Occurrences
    {
        // Most terms are written one way.
        private string form = "";
        private int points;
        private List<(string Form, int Points)>? others;

        public int Count { get; private set; }

        public TermTraits Traits { get; private set; }

        // The way that has the most points, of those the first by the alphabet.
        public string Surface
        {
            get
            {
                var best = (Form: form, Points: points);
                foreach (var other in CollectionsMarshal.AsSpan(others))
                {
                    if (other.Points > best.Points || (other.Points == best.Points && string.CompareOrdinal(other.Form, best.Form) < 0))
                    {
                        best = other;
                    }
                }

                return best.Form;
            }
        }

        // Inside a sentence people write a word as it is; in headlines and at the start of a sentence, capitals say little.
        public void Add(ReadOnlySpan<char> seen, bool isDoubtful, TermTraits traits)
        {
            Traits |= !isDoubtful && SurfaceForm.IsName(seen) ? traits | TermTraits.Name : traits;
            var more = SurfaceForm.IsShouted(seen) ? 1 : isDoubtful ? 2 : 20;
            if (Count++ == 0)
            {
                (form, points) = (seen.ToString(), more);
            }
            else if (seen.SequenceEqual(form))
            {
                points += more;
            }
            else
            {
                AddToOthers(seen, more);
            }
        }

        private void AddToOthers(ReadOnlySpan<char> seen, int more)
        {
            foreach (ref var other in CollectionsMarshal.AsSpan(others))
            {
                if (seen.SequenceEqual(other.Form))
                {
                    other.Points += more;
                    return;
                }
            }

            (others ??= []).Add((seen.ToString(), more));
        }
    }
}
