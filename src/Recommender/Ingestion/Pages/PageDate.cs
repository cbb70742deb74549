using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Reads a date as pages write them: with labels around, or in figures.</summary>
internal static partial class PageDate
{
    private const int Longest = 200;

    /// <summary>Reads a date, and whether it names a time of day. The first moment of 1970 and of the calendar are what empty fields become, and no dates.</summary>
    /// <param name="text">What the page says.</param>
    /// <param name="zone">Zone that is meant when none is named.</param>
    /// <param name="language">Language, which tells whether 4/5/2021 is in April or May.</param>
    /// <param name="date">The date.</param>
    public static bool TryParse(string? text, TimeZoneInfo zone, string language, out (DateTimeOffset Instant, bool HasTime) date)
    {
        date = default;
        if (text is null || text.Length > Longest)
        {
            return false;
        }

        text = Spaces().Replace(Brackets().Replace(text, ""), " ").Trim();
        foreach (var candidate in new[] { text, Label().Replace(text, ""), InWords().Match(text).Value, Figures(text, language) })
        {
            if (LenientDate.TryParse(candidate.Replace(" | ", ", ", StringComparison.Ordinal).Replace(" · ", ", ", StringComparison.Ordinal), zone, out var instant) && instant.Year > 1700 && instant != DateTimeOffset.UnixEpoch)
            {
                date = (instant, Time().IsMatch(candidate));
                return true;
            }
        }

        return false;
    }

    private static string Figures(string text, string language)
    {
        if (InFigures().Match(text) is not { Success: true } match)
        {
            return "";
        }

        var (first, second) = (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
        var isMonthFirst = match.Groups[2].Value == "/" && (second > 12 || (first <= 12 && language.ToLowerInvariant() is "en" or "en-us"));
        var (day, month) = isMonthFirst ? (second, first) : (first, second);
        var time = match.Groups[5].Success ? $"T{match.Groups[5].Value.PadLeft(2, '0')}:{match.Groups[6].Value}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{match.Groups[4].Value}-{month:00}-{day:00}{time}");
    }

    // "Published: ", "Updated on ", "Veröffentlicht am ".
    [GeneratedRegex(@"^(?:[\p{L} ]{3,30}:|(?:published|posted|updated|first published|last updated|publicado|actualizado|publié|mis à jour|veröffentlicht|aktualisiert|pubblicato|gepubliceerd|publicerad|publisert|stand)(?: (?:on|el|em|le|am|il|op|den))?)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    // JavaScript's own way to write a date ends in the zone's name.
    [GeneratedRegex(@"\s*\([\p{L} ]+\)\s*$")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?:\d{1,2}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?\p{L}{3,12}\.?,?|\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?)\s+(?:de\s+)?\d{4}(?:,?\s+(?:at\s+|à\s+|um\s+|-\s+)?\d{1,2}:\d{2}(?:\s*[aApP]\.?[mM]\.?)?)?")]
    private static partial Regex InWords();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d{2})(?!\d)(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")]
    private static partial Regex InFigures();

    [GeneratedRegex(@"\d{1,2}:?\d{2}(?::?\d{2})?(?:[.,]\d+)?\s*(?:[aApP]\.?[mM]\.?)?\s*(?:Z|[+\-−]\d{2}:?\d{2}|[A-Z]{2,5})?$|^\d{10}(?:\d{3})?$|T\d{2}|\d:\d{2}")]
    private static partial Regex Time();

    [GeneratedRegex(@"[\s\u00a0\u202f]+")]
    private static partial Regex Spaces();
}
