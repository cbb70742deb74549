using System.Globalization;
using System.Text.RegularExpressions;

namespace Recommender.MoreStories;

/// <summary>Dates as readers see them: long, without the day of the week, in the language and zone of the site ("October 18, 2021", "18 de octubre de 2021").</summary>
public static partial class LongDate
{
    /// <summary>The day on which <paramref name="instant"/> falls in <paramref name="zone"/>, in words of <paramref name="language"/> (BCP 47).</summary>
    public static string Format(DateTimeOffset instant, TimeZoneInfo zone, string language)
    {
        var culture = Culture(language);
        var pattern = DayOfWeek().Replace(culture.DateTimeFormat.LongDatePattern, "").Trim(' ', ',', '،');
        return TimeZoneInfo.ConvertTime(instant, zone).ToString(pattern, GregorianOf(culture));
    }

    private static CultureInfo Culture(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }

    // News dates are Gregorian in every language, whatever a culture's own calendar is.
    private static DateTimeFormatInfo GregorianOf(CultureInfo culture)
    {
        var format = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
        if (format.Calendar is not GregorianCalendar && culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } gregorian)
        {
            format.Calendar = gregorian;
        }

        return format;
    }

    [GeneratedRegex(@"\s*d{3,}\s*[,،.]?\s*('de'\s+)?")]
    private static partial Regex DayOfWeek();
}
