using System.Globalization;
using System.Text;

namespace Recommender.Articles;

/// <summary>The form of a topic's name in keys and URLs.</summary>
public static class Slug
{
    /// <summary>Most characters of a slug.</summary>
    public const int MaxLength = 60;

    private static readonly Dictionary<char, string> Folded = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l", ['ı'] = "i", ['ħ'] = "h",
    };

    /// <summary>
    /// Letters and digits of any script in lower case, accents of Latin letters dropped, everything else one hyphen, at most <see cref="MaxLength"/> characters.
    /// Null for a name without a letter or digit.
    /// </summary>
    public static string? From(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (Folded.TryGetValue(c, out var folded))
            {
                slug.Append(folded);
            }
            else if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMarkOfAnotherScript(c))
            {
                slug.Append(c);
            }
            else if (char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && c is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Normalize(NormalizationForm.FormC).Trim('-');
        if (text.Length > MaxLength)
        {
            var border = text.LastIndexOf('-', MaxLength);
            text = text[..(border > 0 ? border : char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        }

        return text.Length == 0 ? null : text;
    }

    // Vowel signs of Indic scripts and the like carry meaning; Latin accents, U+0300 to U+036F, do not here.
    private static bool IsMarkOfAnotherScript(char c) =>
        c > '\u036f' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
