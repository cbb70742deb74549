using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads the dates of feeds; those that cannot be read count as missing, so that they cost no article.</summary>
internal static partial class FeedDates
{
    private const int FirstYearOfTheWeb = 1990;
    private const int LastYear = 2100;

    /// <summary>The first of the texts that is a date, as ISO 8601 in UTC.</summary>
    public static string? First(TimeZoneInfo zone, params IEnumerable<string?> texts) =>
        texts.Select(text => Parse(text, zone)).FirstOrDefault(instant => instant is not null)?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>One date; null when it is none, or stands for none as the beginning of Unix time does.</summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        text = Spaces().Replace(Remark().Replace(text, " "), " ").Trim();
        return (LenientDate.TryParse(text, zone, out var instant) || LenientDate.TryParse(WithSingleZone(text), zone, out instant))
            && instant.Year is >= FirstYearOfTheWeb and <= LastYear ? instant : null;
    }

    // "GMT+0200", "UTC +2", "+00:00Z": what comes last is the offset; with GMT alone it would be two zones.
    private static string WithSingleZone(string text)
    {
        var single = TwoZones().Replace(text, match => match.Groups["offset"].Value.Length == 2
            ? $" {match.Groups["offset"].Value[0]}0{match.Groups["offset"].Value[1]}:00"
            : " " + match.Groups["offset"].Value);
        return MissingSpace().Replace(single, "$1, ");
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Remark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s*(?:(?:GMT|UTC|UT|Z)\s*(?<offset>[+-]\d{1,2}(?::?\d{2})?)|(?<offset>[+-]\d{2}:?\d{2})\s*(?:GMT|UTC|Z))$", RegexOptions.IgnoreCase)]
    private static partial Regex TwoZones();

    [GeneratedRegex(@"^(\p{L}{2,9}),(?=\d)")]
    private static partial Regex MissingSpace();
}
