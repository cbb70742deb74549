namespace Recommender.Editorial.Review.Warnings;

/// <summary>Two pins want one slot at the same time; who has it follows from <see cref="Pin"/>.</summary>
public sealed class SlotTaken : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context)
    {
        foreach (var slot in context.Pins.Where(pin => pin.Target != context.Page).GroupBy(pin => pin.Slot))
        {
            // Wider scopes come after narrower ones, so of any two the first has the slot.
            var pins = slot.GroupBy(pin => pin.Scope).OrderBy(scope => Breadth(scope.Key)).SelectMany(Pin.InOrder).ToList();
            foreach (var (place, winner) in pins.Index())
            {
                foreach (var loser in pins.Skip(place + 1).Where(other => other.Target != winner.Target && other.Overlaps(winner)))
                {
                    yield return new Warning(
                        nameof(SlotTaken),
                        WarningLevel.Caution,
                        $"Slot {slot.Key} is taken twice: while both pins are in force, “{context.NameOf(winner.Target)}” has it, and “{context.NameOf(loser.Target)}” is ranked like any other.",
                        loser);
                }
            }
        }
    }

    private static int Breadth(OverrideScope scope) => scope.Kind switch { "page" => 0, "topic" => 1, _ => 2 };
}
