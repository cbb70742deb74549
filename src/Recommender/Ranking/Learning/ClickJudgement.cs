using Recommender.Clicks;

namespace Recommender.Ranking.Learning;

/// <summary>
/// Which stories readers found related, by what they clicked. The first slot is clicked most whatever stands in it, so a click counts the more the less its slot is clicked on the site as a whole: inverse propensity
/// weighting, as in Joachims, Swaminathan and Schnabel, "Unbiased learning-to-rank with biased feedback" (2017), with a slot's share of the site's clicks for its propensity.
/// </summary>
public static class ClickJudgement
{
    /// <summary>Fewest clicks by which a story can be found related: fewer are chance, or somebody playing.</summary>
    public const int FewestClicks = 5;

    // A slot that is hardly ever clicked would let a single click there outweigh all others.
    private const double LeastPropensity = 0.1;

    /// <summary>By page, the stories that got at least <see cref="FewestClicks"/> and, slots evened out, at least as many as the page's clicked stories on average.</summary>
    public static IEnumerable<(string Page, string Story)> Related(IReadOnlyCollection<ClickCount> counts)
    {
        var bySlot = counts.GroupBy(count => count.Slot).ToDictionary(slot => slot.Key, slot => slot.Sum(count => count.Count));
        var most = bySlot.Count == 0 ? 1 : bySlot.Values.Max();
        foreach (var page in counts.GroupBy(count => count.Page, StringComparer.Ordinal))
        {
            var stories = page.GroupBy(count => count.Story, StringComparer.Ordinal)
                .Select(story => (story.Key, Clicks: story.Sum(count => count.Count), Weight: story.Sum(count => count.Count / Math.Max(LeastPropensity, (double)bySlot[count.Slot] / most))))
                .ToList();
            var average = stories.Average(story => story.Weight);
            foreach (var (story, clicks, weight) in stories)
            {
                if (clicks >= FewestClicks && weight >= average)
                {
                    yield return (page.Key, story);
                }
            }
        }
    }
}
