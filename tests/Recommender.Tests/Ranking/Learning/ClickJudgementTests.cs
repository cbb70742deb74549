using Recommender.Clicks;
using Recommender.Editorial;
using Recommender.Ranking.Learning;
using Recommender.Tests.Support;

namespace Recommender.Tests.Ranking.Learning;

public sealed class ClickJudgementTests
{
    [Fact]
    public void A_story_in_a_slot_that_is_seldom_clicked_needs_fewer_clicks_to_be_found_related()
    {
        // On the whole site the first slot is clicked five times as often as the third.
        List<ClickCount> counts = [new("site", "any", 1, 1000), new("site", "other", 3, 200), new("page", "first", 1, 20), new("page", "third", 3, 12)];

        Assert.Equal([("page", "third")], ClickJudgement.Related(counts).Where(related => related.Page == "page"));
    }

    [Fact]
    public void Position_alone_finds_nothing_more_related_than_the_rest()
    {
        List<ClickCount> counts = [new("site", "any", 1, 1000), new("site", "other", 2, 500), new("page", "first", 1, 40), new("page", "second", 2, 20)];

        Assert.Equal(["first", "second"], ClickJudgement.Related(counts).Where(related => related.Page == "page").Select(related => related.Story));
    }

    [Fact]
    public void Few_clicks_say_nothing()
    {
        List<ClickCount> counts = [new("page", "a", 1, ClickJudgement.FewestClicks - 1), new("other", "b", 1, ClickJudgement.FewestClicks)];

        Assert.Equal([("other", "b")], ClickJudgement.Related(counts));
        Assert.Empty(ClickJudgement.Related([]));
    }

    [Fact]
    public async Task What_readers_clicked_is_evidence_beside_links_and_weaker_than_pins()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        foreach (var (id, day) in new[] { ("page", 4), ("clicked", 3), ("skipped", 2), ("pinned", 1) })
        {
            await newsroom.PublishAsync(Stories.Story(id, $"Ferry crews and the {id} mediator", "The ferry union meets the harbour board.", $"2026-11-0{day}T08:00:00Z"));
        }

        await newsroom.Overrides.PutAsync(newsroom.Site, new Pin { Scope = OverrideScope.Page("page"), Target = "pinned", Slot = 1 }, OverrideCondition.None);
        await newsroom.Get<ClickTable>().AddAsync(
            newsroom.Site, DateOnly.FromDateTime(Newsroom.Start.UtcDateTime), [new("page", "clicked", 2, 30), new("page", "skipped", 1, 6), new("page", "pinned", 3, 30), new("page", "unknown", 1, 90)]);

        var (judgements, _) = await newsroom.Get<EditorialEvidence>().ReadAsync(newsroom.Site);

        Assert.Equal(new Dictionary<string, int> { ["clicked"] = 1, ["pinned"] = 2 }, judgements["page"].OrderBy(grade => grade.Key).ToDictionary());
    }
}
