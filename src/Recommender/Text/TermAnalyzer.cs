using System.IO.Hashing;
using System.Runtime.InteropServices;
using Lucene.Net.Analysis.TokenAttributes;
using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Text;

/// <summary>
/// Finds the terms of an article: words and pairs of words by the rules of its language, weighted by the field they stand in, each with the form in which people write it.
/// Safe for any number of threads.
/// </summary>
public static class TermAnalyzer
{
    private const float TitleWeight = 3;
    private const float DekWeight = 2;
    private const float BodyWeight = 1;

    // Figures shorter than a year are counts and scores, which connect nothing.
    private const int ShortestNumber = 4;

    /// <summary>The terms of an article.</summary>
    public static AnalysedText Analyse(Article article)
    {
        var language = IndexedArticle.PrimaryLanguage(article.Language);
        var terms = new Dictionary<uint, Occurrences>();
        Collect(article.Title, TitleWeight, isHeadline: true, language, terms);
        Collect(article.Dek, DekWeight, isHeadline: false, language, terms);
        Collect(article.Body, BodyWeight, isHeadline: false, language, terms);
        return new AnalysedText(language, [.. terms
            .Select(term => new AnalysedTerm(term.Key, term.Value.Surface, 1 + MathF.Log(term.Value.Count), term.Value.IsBigram))
            .OrderByDescending(term => term.Weight)
            .ThenBy(term => term.Hash)]);
    }

    private static void Collect(string text, float weight, bool isHeadline, string language, Dictionary<uint, Occurrences> terms)
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
            var startsSentence = previousEnd == 0 || SurfaceForm.EndsSentence(between);
            Add(terms, Hash(word), weight, text, start, end, isHeadline || startsSentence, isBigram: false);
            if (pairs && previous.Length > 0 && positions.PositionIncrement <= 2 && start > previousEnd && !SurfaceForm.Separates(between))
            {
                Add(terms, Hash($"{previous} {word}"), weight, text, previousStart, end, isHeadline, isBigram: true);
            }

            (previous, previousStart, previousEnd) = (word, start, end);
        }

        tokens.End();
    }

    private static void Add(Dictionary<uint, Occurrences> terms, uint hash, float weight, string text, int start, int end, bool isDoubtful, bool isBigram)
    {
        ref var occurrences = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, hash, out _);
        occurrences ??= new Occurrences(isBigram);
        occurrences.Count += weight;
        occurrences.Saw(SurfaceForm.Of(text, start, end), isDoubtful);
    }

    private static bool Tells(string word, bool hasSpaces) =>
        word.Length > 0 && (!hasSpaces || word.Length > 1) && (word.Length >= ShortestNumber || !word.All(char.IsDigit));

    private static uint Hash(string term) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(term.AsSpan()));

    private sealed class Occurrences(bool isBigram)
    {
        private readonly List<(string Form, int Points)> forms = new(1);

        public bool IsBigram { get; } = isBigram;

        public float Count { get; set; }

        public string Surface => forms.OrderByDescending(form => form.Points).ThenBy(form => form.Form, StringComparer.Ordinal).First().Form;

        // Inside a sentence people write a word as it is; in headlines and at the start of a sentence, capitals say little.
        public void Saw(string form, bool isDoubtful)
        {
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
