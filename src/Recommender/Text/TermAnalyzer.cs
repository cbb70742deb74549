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
        return new AnalysedText(language, [.. terms
            .Select(term => new AnalysedTerm(term.Key, term.Value.Surface, term.Value.Count, term.Value.Traits))
            .OrderByDescending(term => term.Count)
            .ThenBy(term => term.Hash)]);
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
                Add(Hash($"{previous} {word}"), previousStart, isHeadline, place | TermTraits.Pair);
            }

            (previous, previousStart, previousEnd) = (word, start, end);

            void Add(uint hash, int from, bool isDoubtful, TermTraits traits)
            {
                ref var occurrences = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, hash, out _);
                occurrences ??= new Occurrences();
                occurrences.Count++;
                occurrences.Saw(SurfaceForm.Of(text, from, end), isDoubtful, traits);
            }
        }

        tokens.End();
    }

    private static bool Tells(string word, bool hasSpaces) =>
        word.Length > 0 && (!hasSpaces || word.Length > 1) && (word.Length >= ShortestNumber || !word.All(char.IsDigit));

    private static uint Hash(string term) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(term.AsSpan()));

    private sealed class Occurrences
    {
        private readonly List<(string Form, int Points)> forms = new(1);

        public int Count { get; set; }

        public TermTraits Traits { get; private set; }

        public string Surface => forms.OrderByDescending(form => form.Points).ThenBy(form => form.Form, StringComparer.Ordinal).First().Form;

        // Inside a sentence people write a word as it is; in headlines and at the start of a sentence, capitals say little.
        public void Saw(string form, bool isDoubtful, TermTraits traits)
        {
            Traits |= !isDoubtful && SurfaceForm.IsName(form) ? traits | TermTraits.Name : traits;
            var points = SurfaceForm.IsShouted(form) ? 1 : isDoubtful ? 2 : 20;
            var known = forms.FindIndex(other => other.Form == form);
            if (known < 0)
            {
                forms.Add((form, points));
            }
            else
            {
                forms[known] = (form, forms[known].Points + points);
            }
        }
    }
}
