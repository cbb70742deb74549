using System.Globalization;
using System.Text;
using Recommender.Tables;

namespace Recommender.Articles;

/// <summary>The form of a topic's name in keys and URLs.</summary>
public static class Slug
{
    /// <summary>Most characters of a slug.</summary>
    public const int MaxLength = 60;

    // As of an article's id: a key also holds the site and the month.
    private const int MaxKeyLength = 384;

    private static readonly Dictionary<char, string> Folded = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ı'] = "i",
        ['ħ'] = "h",
    };

    /// <summary>
    /// Letters and digits of any script in lower case, accents of Latin letters dropped, everything else one hyphen, at most <see cref="MaxLength"/> characters and short enough for a key.
    /// Null for a name without a letter or digit.
    /// </summary>
    public static string? From(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var rune in string.Concat(name.EnumerateRunes()).Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
        {
            if (rune.IsBmp && Folded.TryGetValue((char)rune.Value, out var folded))
            {
                slug.Append(folded);
            }
            else if (Rune.IsLetterOrDigit(rune) || IsMarkOfAnotherScript(rune))
            {
                slug.Append(rune);
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && rune.Value is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = Cut(slug.ToString().Normalize(NormalizationForm.FormC).Trim('-'));
        return text.Length == 0 ? null : text;
    }

    private static string Cut(string slug)
    {
        var length = Math.Min(slug.Length, MaxLength);
        while (Keys.Join(slug[..length]).Length > MaxKeyLength)
        {
            length--;
        }

        if (length == slug.Length)
        {
            return slug;
        }

        var border = slug.LastIndexOf('-', length);
        return slug[..(border > 0 ? border : char.IsHighSurrogate(slug[length - 1]) ? length - 1 : length)];
    }

    // Vowel signs of Indic scripts and the like carry meaning; Latin accents, U+0300 to U+036F, do not here.
    private static bool IsMarkOfAnotherScript(Rune rune) =>
        rune.Value > '\u036f' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
