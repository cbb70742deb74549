using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Lingua;
using Recommender.Similarity;

namespace Recommender.Text;

/// <summary>
/// Finds the language of an article that does not give its own. Lingua's models of letters and triples are read when the first such article comes, for the languages of
/// <see cref="LanguageAnalyzers"/> and those that would be taken for one of them; its larger models need 0.8 GB and half a minute. Safe for any number of threads.
/// </summary>
public static class LanguageDetection
{
    private const int Looked = 400;
    private const int FewestLetters = 40;
    private const int LettersOfCharacter = 6;
    private const double Confident = 0.9;

    private static readonly FrozenDictionary<string, Language> Languages = new[]
    {
        Language.Arabic, Language.Belarusian, Language.Bulgarian, Language.Catalan, Language.Czech, Language.Danish, Language.German, Language.Greek, Language.English,
        Language.Spanish, Language.Estonian, Language.Basque, Language.Persian, Language.Finnish, Language.French, Language.Irish, Language.Hebrew, Language.Hindi,
        Language.Croatian, Language.Hungarian, Language.Indonesian, Language.Icelandic, Language.Italian, Language.Japanese, Language.Korean, Language.Lithuanian,
        Language.Latvian, Language.Macedonian, Language.Bokmal, Language.Dutch, Language.Nynorsk, Language.Polish, Language.Portuguese, Language.Romanian, Language.Russian,
        Language.Slovak, Language.Slovene, Language.Albanian, Language.Serbian, Language.Swedish, Language.Thai, Language.Turkish, Language.Ukrainian, Language.Urdu,
        Language.Vietnamese, Language.Chinese,
    }.ToFrozenDictionary(CodeOf, StringComparer.Ordinal);

    private static readonly Lazy<LanguageDetector> Detector = new(() => LanguageDetectorBuilder.FromLanguages([.. Languages.Values]).WithLowAccuracyMode().Build());

    /// <summary>
    /// The language (BCP 47, lower case) of a text by its first few hundred characters. It is the site's unless there is enough text and it clearly is of another. On a site whose language the
    /// models do not know (Galician, say) it always is the site's, for it would be taken for a relative; and the forms of Norwegian are one language.
    /// </summary>
    /// <param name="siteLanguage">The site's language, a BCP 47 tag.</param>
    /// <param name="fields">The text: headline, dek and body.</param>
    public static string Detect(string siteLanguage, params ReadOnlySpan<string> fields)
    {
        var (site, primary) = (siteLanguage.ToLowerInvariant(), IndexedArticle.PrimaryLanguage(siteLanguage));
        if (!Languages.ContainsKey(primary) && !IsNorwegian(primary))
        {
            return site;
        }

        var text = Beginning(fields);
        if (LettersIn(text) < FewestLetters)
        {
            return site;
        }

        var (language, confidence) = Detector.Value.ComputeLanguageConfidenceValues(text).MaxBy(value => value.Value);
        var found = CodeOf(language);
        return confidence < Confident || found == primary || !Languages.ContainsKey(found) || (IsNorwegian(found) && IsNorwegian(primary)) ? site : found;
    }

    private static string Beginning(ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder(Looked + 1);
        foreach (var field in fields)
        {
            text.Append(field.AsSpan(0, Math.Min(field.Length, Math.Max(0, Looked - text.Length)))).Append('\n');
        }

        return text.ToString();
    }

    // A character that is a syllable or a word tells as much as several letters.
    private static int LettersIn(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherLetter when rune.Value >= 0x3040 => LettersOfCharacter,
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter => 1,
        _ => 0,
    });

    private static bool IsNorwegian(string language) => language is "no" or "nb" or "nn";

    private static string CodeOf(Language language) => language.IsoCode6391().ToString().ToLowerInvariant();
}
