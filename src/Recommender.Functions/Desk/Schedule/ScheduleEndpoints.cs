using Recommender.Editorial;

namespace Recommender.Functions.Desk.Schedule;

/// <summary>What begins and ends across the site, at <c>/desk/{site}/schedule</c>.</summary>
internal static class ScheduleEndpoints
{
    /// <summary>Maps it, for editors.</summary>
    public static void MapSchedule(this IEndpointRouteBuilder desk) => desk.MapGet("/schedule", async (DeskRequest request, Agenda agenda, CancellationToken cancellation) =>
        DeskResults.Page<SchedulePage>(new() { [nameof(SchedulePage.Agenda)] = await agenda.ReadAsync(request.Site, cancellation) }));
}
