using System.Globalization;

namespace Recommender.Functions.Desk;

/// <summary>Instants as editors read them: the clock of the site, and how far off that is.</summary>
public static class DeskTimes
{
    /// <summary>To the minute, in a zone: <c>14:02</c> today, <c>yesterday 14:02</c>, <c>tomorrow 14:02</c>, else <c>24 Nov 14:02</c>, with the year where it is another.</summary>
    public static string Absolute(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now)
    {
        var (there, here) = (TimeZoneInfo.ConvertTime(instant, zone), TimeZoneInfo.ConvertTime(now, zone));
        var clock = there.ToString("HH:mm", CultureInfo.InvariantCulture);
        return (there.Date - here.Date).Days switch
        {
            0 => clock,
            -1 => "yesterday " + clock,
            1 => "tomorrow " + clock,
            _ => there.ToString(there.Year == here.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>In full, in a zone: <c>Tuesday 24 November 2026, 14:02:08 (UTC+01:00)</c>.</summary>
    public static string Full(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(instant, zone);
        return there.ToString("dddd d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + $" (UTC{Offset(there.Offset)})";
    }

    /// <summary>How far off: <c>now</c>, <c>5 min ago</c>, <c>in 3 h</c>, <c>in 2 days</c>.</summary>
    public static string Relative(DateTimeOffset instant, DateTimeOffset now)
    {
        var distance = (instant - now).Duration();
        return distance < TimeSpan.FromMinutes(1) ? "now" : instant > now ? $"in {Length(distance)}" : $"{Length(distance)} ago";
    }

    /// <summary>A length of time in its largest unit: <c>40 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 days</c>, <c>4 months</c>, <c>2 years</c>. Rounded to the nearest.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0} s"),
        { TotalMinutes: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} min"),
        { TotalHours: < 47.5 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0} h"),
        { TotalDays: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0} days"),
        { TotalDays: < 700 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays / 30.44:0} months"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays / 365.25:0} years"),
    };

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
