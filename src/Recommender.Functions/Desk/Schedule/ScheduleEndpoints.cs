using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Recommender.Editorial;

namespace Recommender.Functions.Desk.Schedule;

/// <summary>What holds when, over all pages of a site, at <c>/desk/{site}/schedule</c>.</summary>
internal static class ScheduleEndpoints
{
    /// <summary>Maps it, for editors.</summary>
    public static void MapSchedule(this IEndpointRouteBuilder desk) => desk.MapGet("/schedule", async (
        [FromQuery] string? day, DeskRequest request, Agenda agenda, CancellationToken cancellation) =>
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(request.Now, request.TimeZone).Date);
        var shown = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wanted) && wanted > DateOnly.MinValue.AddDays(2) && wanted < DateOnly.MaxValue.AddDays(-2) ? wanted : today;
        return DeskResults.Page<SchedulePage>(new()
        {
            [nameof(SchedulePage.Day)] = ScheduleDay.Of(shown, request.TimeZone),
            [nameof(SchedulePage.Today)] = today,
            [nameof(SchedulePage.Agenda)] = await agenda.ReadAsync(request.Site, cancellation),
        });
    });
}
