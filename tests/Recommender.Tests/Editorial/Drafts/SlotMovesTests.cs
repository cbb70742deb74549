using Recommender.Editorial;
using Recommender.Editorial.Drafts;

namespace Recommender.Tests.Editorial.Drafts;

public sealed class SlotMovesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly OverrideScope Page = OverrideScope.Page("page");

    [Theory]
    [InlineData("a", 2, null, "a2")]
    [InlineData("x", 3, 1, "x3")]
    [InlineData("x", 1, 2, "x1 p2")]
    [InlineData("p", 5, 1, "p5 q1")]
    [InlineData("x", 1, null, "x1 p2")]
    [InlineData("x", 5, 1, "x5 q6")]
    public void Who_is_pinned_there_makes_room(string story, int slot, int? from, string expected) => Assert.Equal(
        expected, string.Join(' ', SlotMoves.Place([Pin("p", 1), Pin("q", 5)], Page, story, slot, from, Now).Select(pin => $"{pin.Target}{pin.Slot}")));

    [Fact]
    public void Its_window_and_note_move_with_a_story() => Assert.Equal(
        (4, "Harvest", Now.AddHours(1)), SlotMoves.Place([Pin("p", 1) with { Note = "Harvest", Until = Now.AddHours(1) }], Page, "p", 4, 1, Now).Select(pin => (pin.Slot, pin.Note, pin.Until!.Value)).Single());

    [Fact]
    public void Pins_at_other_times_and_of_other_scopes_stay() => Assert.Single(SlotMoves.Place(
        [Pin("p", 1) with { Until = Now.AddHours(-1) }, Pin("q", 1) with { Scope = OverrideScope.Site }, Pin("x", 3) with { From = Now.AddHours(2) }, Pin("r", 1) with { Until = Now.AddHours(1) }], Page, "x", 1, null, Now));

    private static Pin Pin(string target, int slot) => new() { Scope = Page, Target = target, Slot = slot };
}
