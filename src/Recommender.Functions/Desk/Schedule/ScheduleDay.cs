using Recommender.Editorial;

namespace Recommender.Functions.Desk.Schedule;

/// <summary>A day in a zone: as long as the clock makes it, 23 hours when it goes forward and 25 when it goes back.</summary>
/// <param name="Date">The date there.</param>
/// <param name="Begin">Its first instant.</param>
/// <param name="End">The first instant of the next.</param>
/// <param name="Zone">The zone.</param>
public sealed record ScheduleDay(DateOnly Date, DateTimeOffset Begin, DateTimeOffset End, TimeZoneInfo Zone)
{
    /// <summary>The day of that date.</summary>
    public static ScheduleDay Of(DateOnly date, TimeZoneInfo zone) => new(date, Start(date, zone), Start(date.AddDays(1), zone), zone);

    /// <summary>Its length.</summary>
    public TimeSpan Length => End - Begin;

    /// <summary>Where in the day an instant is, 0 at its begin and 1 at its end; before and after it, these.</summary>
    public double Place(DateTimeOffset instant) => Math.Clamp((instant - Begin) / Length, 0, 1);

    /// <summary>Every third hour and its clock time there.</summary>
    public IEnumerable<(double Place, DateTimeOffset Clock)> Hours()
    {
        for (var instant = Begin; instant <= End; instant += TimeSpan.FromHours(3))
        {
            yield return (Place(instant), TimeZoneInfo.ConvertTime(instant, Zone));
        }
    }

    /// <summary>Whether a rule begins or ends on this day, or holds within its window in between.</summary>
    public bool Shows(Override rule) => (rule.From is not null || rule.Until is not null) && (rule.From is null || rule.From < End) && (rule.Until is null || rule.Until > Begin);

    // Where a clock change takes midnight away, the day begins with the first minute there is; where it comes twice, with the first.
    private static DateTimeOffset Start(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }
}
