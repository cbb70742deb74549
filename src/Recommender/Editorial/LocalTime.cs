using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Editorial;

/// <summary>What a time that an editor wrote means in a zone. A time that a clock change skips is none, and one that comes twice is asked for.</summary>
/// <param name="Instant">The instant; null when there is none, or more than one.</param>
/// <param name="Choices">Both instants of a time that comes twice, the earlier first; else empty.</param>
/// <param name="Problem">Why there is no instant, in words for the editor; null when there is one.</param>
public sealed partial record LocalTime(DateTimeOffset? Instant, IReadOnlyList<DateTimeOffset> Choices, string? Problem)
{
    private const string Minute = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Reads a date and time; one that names its own offset means that, whatever the zone.</summary>
    public static LocalTime Read(string text, TimeZoneInfo zone)
    {
        text = text.Trim();
        if (!Local().IsMatch(text))
        {
            return LenientDate.TryParse(text, zone, out var instant)
                ? new LocalTime(TimeZoneInfo.ConvertTime(instant, zone), [], null)
                : Not("This is no date and time; write one like 2026-11-24T18:00.");
        }

        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return Not("There is no such day or time.");
        }

        if (zone.IsInvalidTime(local))
        {
            var before = zone.GetUtcOffset(local.AddHours(-3));
            var after = TimeZoneInfo.ConvertTime(new DateTimeOffset(local, before), zone);
            return Not($"{local.ToString("HH:mm", CultureInfo.InvariantCulture)} does not exist on that day: clocks go forward to {after.ToString("HH:mm zzz", CultureInfo.InvariantCulture)}. Choose another time.");
        }

        if (zone.IsAmbiguousTime(local))
        {
            DateTimeOffset[] choices = [.. zone.GetAmbiguousTimeOffsets(local).Order().Reverse().Select(offset => new DateTimeOffset(local, offset))];
            return new LocalTime(null, choices, $"{local.ToString("HH:mm", CultureInfo.InvariantCulture)} comes twice on that day, as clocks go back: say whether {Offset(choices[0])} or {Offset(choices[1])}.");
        }

        return new LocalTime(new DateTimeOffset(local, zone.GetUtcOffset(local)), [], null);
    }

    /// <summary>An instant as a field for a date and time shows it, in the zone and to the minute.</summary>
    public static string Field(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString(Minute, CultureInfo.InvariantCulture);

    /// <summary>An instant in the zone with the offset of that day, in UTC, and from now: <c>Sun 29 Mar 2026 03:30 +02:00, 01:30 UTC, in 3 h</c>.</summary>
    public static string Echo(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(instant, zone):ddd d MMM yyyy HH:mm zzz}, {Utc(instant, zone)} UTC, {Distance(instant - now)}");

    /// <summary>How far away something is: <c>in 3 h</c>, <c>2 d ago</c>, <c>now</c>.</summary>
    public static string Distance(TimeSpan from)
    {
        var size = from.Duration();
        var amount = size.TotalMinutes < 1 ? null
            : size.TotalMinutes < 60 ? $"{(int)size.TotalMinutes} min"
            : size.TotalHours < 48 ? $"{(int)size.TotalHours} h"
            : size.TotalDays < 730 ? $"{(int)size.TotalDays} d"
            : $"{(int)(size.TotalDays / 365.25)} years";
        return amount is null ? "now" : from > TimeSpan.Zero ? $"in {amount}" : $"{amount} ago";
    }

    /// <summary>The end of this evening: the next midnight in the zone.</summary>
    public static DateTimeOffset Tonight(DateTimeOffset now, TimeZoneInfo zone)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return new DateTimeOffset(midnight, zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight));
    }

    private static LocalTime Not(string problem) => new(null, [], problem);

    private static string Offset(DateTimeOffset instant) => instant.ToString("zzz", CultureInfo.InvariantCulture);

    // The day of UTC is another one often enough to be told when it is.
    private static string Utc(DateTimeOffset instant, TimeZoneInfo zone) => instant.UtcDateTime.ToString(
        instant.UtcDateTime.Date == TimeZoneInfo.ConvertTime(instant, zone).Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?$")]
    private static partial Regex Local();
}
