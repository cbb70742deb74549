using Recommender.Clicks;

namespace Recommender.Functions.Desk.Overview;

/// <summary>How often readers followed what lists showed.</summary>
/// <param name="BySlot">Clicks of the last <see cref="Days"/> days by slot, slot 1 first, as many slots as the site's lists have or clicks came from.</param>
/// <param name="ByDay">Clicks of each of these days (in UTC), the oldest first.</param>
public sealed record ClickFigures(IReadOnlyList<long> BySlot, IReadOnlyList<(DateOnly Day, long Clicks)> ByDay)
{
    /// <summary>Days that are shown.</summary>
    public const int Days = 14;

    /// <summary>All of them.</summary>
    public long Total => BySlot.Sum();

    /// <summary>Reads them: a row or a few for each day.</summary>
    public static async Task<ClickFigures> ReadAsync(DeskRequest request, ClickTable clicks, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(request.Now.UtcDateTime);
        var days = await Task.WhenAll(Enumerable.Range(0, Days).Select(back => today.AddDays(back + 1 - Days)).Select(async day => (Day: day, Counts: await clicks.OfAsync(request.Site, day, cancellation))));
        var all = days.SelectMany(day => day.Counts).ToList();
        var slots = all.Select(count => count.Slot).Append(request.Site.Count).Max();
        var bySlot = new long[slots];
        foreach (var count in all)
        {
            bySlot[count.Slot - 1] += count.Count;
        }

        return new ClickFigures(bySlot, [.. days.Select(day => (day.Day, day.Counts.Sum(count => count.Count)))]);
    }
}
