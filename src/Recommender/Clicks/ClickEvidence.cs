using Recommender.Sites;

namespace Recommender.Clicks;

/// <summary>What readers' clicks of the last <see cref="ClickTable.DaysKept"/> days say of a site's lists.</summary>
public sealed class ClickEvidence(ClickTable clicks, TimeProvider time)
{
    /// <summary>The clicks by page and story, all days together.</summary>
    public async Task<IReadOnlyList<ClickCount>> ReadAsync(Site site, CancellationToken cancellation = default)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var counts = new List<ClickCount>();
        for (var back = 0; back < ClickTable.DaysKept; back++)
        {
            counts.AddRange(await clicks.OfAsync(site, today.AddDays(-back), cancellation));
        }

        return ClickCount.Merge(counts);
    }
}
