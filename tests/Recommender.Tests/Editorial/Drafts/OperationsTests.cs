using CsCheck;
using Recommender.Editorial;
using Recommender.Editorial.Drafts;

namespace Recommender.Tests.Editorial.Drafts;

public sealed class OperationsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly OverrideScope Page = OverrideScope.Page("page");

    [Fact]
    public void A_pinned_story_moves_and_is_not_pinned_twice()
    {
        var changes = Changes([Pin("a", 1)], Operation.Put(Pin("a", 3)));

        Assert.Equal(["01 > ", " > 03"], changes.Select(change => $"{change.Before?.Key} > {change.After?.Key}"));
    }

    [Fact]
    public void The_same_slot_again_changes_the_row_that_is_there()
    {
        var changes = Changes([Pin("a", 1) with { Turn = "evening", ETag = "7" }], Operation.Put(Pin("a", 1) with { Until = Now.AddHours(1) }));

        var change = Assert.Single(changes);
        Assert.Equal(("01@evening", "7", "01@evening"), (change.Before!.Key, change.Before.ETag, change.After!.Key));
    }

    [Fact]
    public void A_second_pin_of_a_slot_stands_beside_the_first_and_has_it()
    {
        var rules = Operations.After([Pin("a", 1)], Changes([Pin("a", 1)], Operation.Put(Pin("b", 1))));

        Assert.Equal(["01@b", "01"], Recommender.Editorial.Pin.InOrder(rules.OfType<Pin>()).Select(pin => pin.Key));
    }

    [Fact]
    public void Of_two_in_one_draft_the_later_decided_has_the_slot()
    {
        var rules = Operations.After([], Changes([], Operation.Put(Pin("b", 1)), Operation.Put(Pin("a", 1))));

        Assert.Equal("a", Recommender.Editorial.Pin.InOrder(rules.OfType<Pin>()).First().Target);
    }

    [Fact]
    public void What_is_taken_back_goes_and_the_rest_stays()
    {
        Override[] live = [Pin("a", 1), new Block { Scope = Page, Target = "a" }, new Boost { Scope = Page, Target = "b", Factor = 2 }];

        Assert.Equal(["pin", "boost"], Operations.After(live, Changes(live, Operation.Take(new Subject("block", Page, "a")))).Select(rule => rule.Kind));
    }

    [Fact]
    public void Other_scopes_are_passed_over() => Assert.Empty(Changes([], Operation.Put(new Block { Scope = OverrideScope.Site, Target = "a" })));

    [Fact]
    public void Applied_again_nothing_changes_any_more_and_no_row_is_written_twice()
    {
        var rule = Gen.Select(Gen.Int[0, 4], Gen.Int[1, 3], Gen.Int[0, 2]).Select((story, slot, kind) => kind switch
        {
            0 => (Override)Pin($"s{story}", slot),
            1 => new Block { Scope = Page, Target = $"s{story}" },
            _ => new Evergreen { Scope = Page, Target = $"s{story}" },
        });
        var operation = Gen.Select(rule, Gen.Bool).Select((rule, puts) => puts ? Operation.Put(rule) : Operation.Take(Subject.Of(rule)));
        Gen.Select(rule.List[0, 8], operation.List[0, 8]).Sample((rules, drawn) =>
        {
            Override[] live = [.. rules.DistinctBy(Subject.Of).DistinctBy(rule => (rule.Kind, rule.Key)).Index().Select(entry => entry.Item with { ETag = $"{entry.Index}" })];
            Operation[] operations = [.. drawn.DistinctBy(operation => operation.Subject)];
            var changes = Changes(live, operations);
            var rows = changes.Select(change => change.After ?? change.Before!).Select(rule => (rule.Kind, rule.Key)).ToList();
            return rows.Distinct().Count() == rows.Count && Changes(Operations.After(live, changes), operations).Count == 0;
        });
    }

    [Fact]
    public void Reverting_an_audit_entry_brings_back_what_was()
    {
        AuditEntry Entry(Override? before, Override? after) => new("1", Now, "Ana", "put", before, after);

        Assert.Null(Operation.Reverting(Entry(null, Pin("a", 1))).Rule);
        Assert.Equal(new Subject("pin", Page, "a"), Operation.Reverting(Entry(null, Pin("a", 1))).Subject);
        Assert.Equal(2, Operation.Reverting(Entry(Pin("a", 2), Pin("a", 1))).Slot);
        Assert.Equal(2, Operation.Reverting(Entry(Pin("a", 2), null)).Slot);
        Assert.Throws<ArgumentException>(() => Operation.Reverting(Entry(null, null)));
    }

    private static Pin Pin(string target, int slot) => new() { Scope = Page, Target = target, Slot = slot };

    private static IReadOnlyList<RuleChange> Changes(IReadOnlyList<Override> live, params Operation[] operations) => Operations.Changes(Page, live, operations, Now);
}
