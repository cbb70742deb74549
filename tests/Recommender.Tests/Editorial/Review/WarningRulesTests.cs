using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Review;
using Recommender.Editorial.Review.Warnings;

namespace Recommender.Tests.Editorial.Review;

public sealed class WarningRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly OverrideScope Page = OverrideScope.Page("page");

    [Fact]
    public void Where_nothing_is_wrong_nothing_is_said() => Assert.Empty(Check(Pin("a", 1)));

    [Fact]
    public void A_pin_that_moves_is_told() =>
        Assert.Equal("“Story a” was pinned in slot 3. It moves to slot 1.", Single(nameof(PinnedTwice), Context(Pin("a", 1)) with { Live = [Pin("a", 3)] }).Message);

    [Fact]
    public void A_story_pinned_in_two_scopes_stands_once() =>
        Assert.Contains("It stands once.", Single(nameof(PinnedTwice), Context(Pin("a", 1), Pin("a", 2) with { Scope = OverrideScope.Site })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_slot_that_is_taken_in_an_overlapping_window_is_told_and_who_has_it()
    {
        var later = Pin("b", 1) with { Turn = "b", From = Now.AddHours(1), Until = Now.AddHours(5) };

        var warning = Single(nameof(SlotTaken), Context(Pin("a", 1), later));
        Assert.Contains("“Story b” has it, and “Story a” is ranked", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Check(Pin("a", 1) with { Until = Now.AddHours(1) }, later), found => found.Rule == nameof(SlotTaken));
    }

    [Fact]
    public void The_page_itself_pinned_for_its_topic_is_told() =>
        Assert.Equal(WarningLevel.Note, Single(nameof(PinnedToItself), Context(Pin("page", 1) with { Scope = OverrideScope.Topic("harbour") })).Level);

    [Fact]
    public void A_pinned_and_blocked_story_is_a_failure() =>
        Assert.Equal(WarningLevel.Failure, Single(nameof(PinnedAndBlocked), Context(Pin("a", 1), new Block { Scope = OverrideScope.Site, Target = "a" })).Level);

    [Fact]
    public void A_block_that_ended_before_the_pin_begins_is_no_matter() => Assert.DoesNotContain(
        Check(Pin("a", 1) with { From = Now.AddHours(1) }, new Block { Scope = Page, Target = "a", Until = Now.AddHours(1) }), found => found.Rule == nameof(PinnedAndBlocked));

    [Fact]
    public void A_story_that_is_not_published_yet_waits()
    {
        var story = Story("a", Now.AddHours(3));

        Assert.Contains("waits until Fri 20 Nov 2026 12:00 +00:00", Single(nameof(NotYetPublished), Context(Pin("a", 1)) with { Stories = story }).Message, StringComparison.Ordinal);
        Assert.Equal(WarningLevel.Failure, Single(nameof(NotYetPublished), Context(Pin("a", 1) with { Until = Now.AddHours(3) }) with { Stories = story }).Level);
    }

    [Fact]
    public void A_story_that_was_taken_down_is_a_failure() => Assert.Equal(
        WarningLevel.Failure, Single(nameof(TakenDown), Context(Pin("a", 1)) with { Stories = new Dictionary<string, Story> { ["a"] = new("a", null, Now.AddDays(-1)) } }).Level);

    [Fact]
    public void A_pin_that_ends_within_two_hours_is_told()
    {
        Assert.Contains("ends in 1 h", Single(nameof(ExpiresSoon), Context(Pin("a", 1) with { Until = Now.AddMinutes(90) })).Message, StringComparison.Ordinal);
        Assert.Empty(Check(Pin("a", 1) with { Until = Now.AddMinutes(121) }));
        Assert.Empty(Check(Pin("a", 1) with { Until = Now.AddMinutes(-1) }));
    }

    [Fact]
    public void A_new_pin_without_end_is_noted_and_an_old_one_is_stale()
    {
        Assert.Equal(WarningLevel.Note, Single(nameof(EndlessPin), Context(Pin("a", 1) with { Until = null }) with { Live = [] }).Level);

        var old = Pin("a", 1) with { Until = null, Changed = Now.AddDays(-31) };
        Assert.Contains("31 d ago", Single(nameof(StalePin), Context(old)).Message, StringComparison.Ordinal);
        Assert.Empty(Check(old with { Changed = Now.AddDays(-30) }));
    }

    [Fact]
    public void A_pin_that_the_ranking_does_not_need_can_be_released() =>
        Assert.Equal("Release", Single(nameof(RedundantPin), Context(Pin("a", 1)) with { Redundant = new HashSet<string> { "a" } }).Remedy);

    [Fact]
    public void What_matters_most_comes_first() =>
        Assert.Equal([WarningLevel.Failure, WarningLevel.Caution], Check(Pin("a", 1) with { Until = Now.AddHours(1) }, new Block { Scope = Page, Target = "a" }).Select(found => found.Level));

    private static Pin Pin(string target, int slot) => new() { Scope = Page, Target = target, Slot = slot, Until = Now.AddDays(1), Changed = Now };

    private static Dictionary<string, Story> Story(string id, DateTimeOffset published) => new()
    {
        [id] = new(id, new ArticleCard { Id = id, Url = $"https://gazette.example/{id}", Title = $"Story {id}", Published = published, Language = "en" }),
    };

    private static WarningContext Context(params Override[] rules) => new()
    {
        Page = "page",
        Now = Now,
        Zone = TimeZoneInfo.Utc,
        Live = rules,
        After = rules,
        Stories = rules.Select(rule => rule.Target).Distinct().SelectMany(id => Story(id, Now.AddDays(-1))).ToDictionary(),
    };

    private static IReadOnlyList<Warning> Check(params Override[] rules) => WarningRules.Check(Context(rules));

    private static Warning Single(string rule, WarningContext context) => Assert.Single(WarningRules.Check(context), warning => warning.Rule == rule);
}
