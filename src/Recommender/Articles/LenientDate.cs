using System.Globalization;
using System.Text.RegularExpressions;

namespace Recommender.Articles;

/// <summary>Reads the dates that publishers write.</summary>
public static partial class LenientDate
{
    private const int FirstYear = 1700;
    private const int LastYear = 2200;

    private static readonly string[] MonthLanguages = ["en", "es", "fr", "de", "it", "pt", "nl", "sv", "nb", "da", "fi", "tr", "ru"];
    private static readonly Dictionary<string, int> Months = MonthNames();

    private static readonly Dictionary<string, int> ZoneHours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["GMT"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["WET"] = 0,
        ["BST"] = 1,
        ["CET"] = 1,
        ["MET"] = 1,
        ["CEST"] = 2,
        ["MEST"] = 2,
        ["EET"] = 2,
        ["EEST"] = 3,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["JST"] = 9,
        ["KST"] = 9,
    };

    /// <summary>
    /// Reads ISO 8601, RFC 822, Unix seconds and milliseconds, and dates in words ("October 18, 2021, 3:04 p.m. EDT", "18 de octubre de 2021"). Where the text names no zone,
    /// <paramref name="zone"/> is meant: a time that a clock change skips is moved forward by what it skips, one that comes twice is the earlier. A date without a time is its first moment.
    /// The result is in UTC, between the years 1700 and 2200. Never throws.
    /// </summary>
    public static bool TryParse(string? text, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        instant = default;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 100)
        {
            return false;
        }

        // Arabic, Persian and Indic pages write dates in digits of their own.
        text = string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

        return Iso().Match(text) is { Success: true } iso ? TryBuild(iso, Number(iso, "month"), zone, out instant)
            : Unix().Match(text) is { Success: true } unix ? TryUnix(unix, out instant)
            : Words().Match(text) is { Success: true } words && Months.TryGetValue(MonthKey(words.Groups["month"].Value), out var month) && TryBuild(words, month, zone, out instant);
    }

    private static bool TryUnix(Match match, out DateTimeOffset instant)
    {
        var number = long.Parse(match.Value, CultureInfo.InvariantCulture);
        instant = match.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number);
        return instant.Year is >= FirstYear and <= LastYear;
    }

    private static bool TryBuild(Match match, int month, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        instant = default;
        var year = Number(match, "year");
        year += match.Groups["year"].Length == 2 ? (year < 70 ? 2000 : 1900) : 0;
        var day = Number(match, "day");
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        hour = match.Groups["half"].Value.ToLowerInvariant() switch
        {
            "p" when hour < 12 => hour + 12,
            "a" when hour == 12 => 0,
            _ => hour,
        };
        var nextDay = hour == 24 && minute == 0 && second == 0;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || (hour > 23 && !nextDay) || minute > 59 || second > 60)
        {
            return false;
        }

        var local = new DateTime(year, month, day, nextDay ? 0 : hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified)
            .AddDays(nextDay ? 1 : 0)
            .AddTicks(Fraction(match.Groups["fraction"].Value));
        var offset = Offset(match.Groups["zone"].Value) ?? OffsetIn(zone, ref local);
        if (offset.Duration() > TimeSpan.FromHours(14))
        {
            return false;
        }

        instant = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    private static TimeSpan OffsetIn(TimeZoneInfo zone, ref DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            var skipped = zone.GetUtcOffset(local.AddHours(3)) - zone.GetUtcOffset(local.AddHours(-3));
            local += skipped;
        }

        return zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0)
        {
            return null;
        }

        if (ZoneHours.TryGetValue(zone, out var hours))
        {
            return TimeSpan.FromHours(hours);
        }

        if (zone[0] is not ('+' or '-' or '−'))
        {
            return null;
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var size = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..4], CultureInfo.InvariantCulture), 0);
        return zone[0] == '+' ? size : -size;
    }

    private static long Fraction(string digits) => digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 0;

    private static Dictionary<string, int> MonthNames()
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var culture in MonthLanguages.Select(CultureInfo.GetCultureInfo))
        {
            for (var month = 1; month <= 12; month++)
            {
                var format = culture.DateTimeFormat;
                foreach (var name in new[] { format.MonthNames, format.MonthGenitiveNames, format.AbbreviatedMonthNames, format.AbbreviatedMonthGenitiveNames })
                {
                    months.TryAdd(MonthKey(name[month - 1]), month);
                }
            }
        }

        months["sept"] = 9;
        return months;
    }

    private static string MonthKey(string name) => name.TrimEnd('.').ToLowerInvariant();

    [GeneratedRegex(@"^(?<year>\d{4})(?:-?(?<month>\d{2})-?(?<day>\d{2})|/(?<month>\d{1,2})/(?<day>\d{1,2}))(?:(?:[Tt]|\s+|T\s)(?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?\s*(?<zone>[+\-−]\d{2}(?::?\d{2})?|[A-Za-z]{1,5})?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^\d{10}(?:\d{3})?$")]
    private static partial Regex Unix();

    [GeneratedRegex(
        @"^(?:\p{L}+\.?,?\s+)??(?:(?<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?(?<month>\p{L}+\.?)|(?<month>\p{L}+\.?)\s+(?<day>\d{1,2})(?:st|nd|rd|th)?),?[\s-]+(?:de\s+)?(?<year>\d{4}|\d{2})(?:,?\s+(?:at\s+|à\s+|um\s+|-\s+)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?:(?<half>[aApP])\.?[mM]\.?)?)?\s*(?<zone>[+\-−]\d{2}:?\d{2}|[A-Za-z]{1,5})?$")]
    private static partial Regex Words();
}
