using System.Globalization;
using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>The day in a URL such as <c>/2021/10/18/title</c>, <c>/2021/oct/18/title</c>, <c>/20211018/title</c> or <c>/title-2021-10-18</c>.</summary>
internal static partial class UrlDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The day as <c>2021-10-18</c>; null when the URL has none.</summary>
    public static string? Of(string url)
    {
        if (Day().Match(url) is not { Success: true } match)
        {
            return null;
        }

        var month = int.TryParse(match.Groups["month"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) + 1;
        var (year, day) = (int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}") : null;
    }

    [GeneratedRegex(@"(?<=[/_.-])(?<year>(?:19|20)\d{2})(?:(?<separator>[/_-])(?<month>\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\k<separator>(?<day>\d{1,2})|(?<month>\d{2})(?<day>\d{2}))(?=$|[/_.?-])", RegexOptions.IgnoreCase)]
    private static partial Regex Day();
}
