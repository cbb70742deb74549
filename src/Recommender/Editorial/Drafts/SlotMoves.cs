namespace Recommender.Editorial.Drafts;

/// <summary>Puts a story into a slot of a page, and has what is pinned there make room instead of vanishing.</summary>
public static class SlotMoves
{
    /// <summary>The pins that are to be put: the story's own first, then of those that make room.</summary>
    /// <param name="rules">What holds for the page with the draft, in force or not.</param>
    /// <param name="page">The page's scope.</param>
    /// <param name="story">Id of the story.</param>
    /// <param name="slot">Where it is to stand.</param>
    /// <param name="from">Where it stands; null when it is not in the list.</param>
    /// <param name="now">Now: pins whose window has closed need no room.</param>
    public static IReadOnlyList<Pin> Place(IReadOnlyList<Override> rules, OverrideScope page, string story, int slot, int? from, DateTimeOffset now)
    {
        var pins = rules.OfType<Pin>().Where(pin => pin.Scope == page && (pin.Until is null || pin.Until > now)).ToList();
        var placed = (pins.Find(pin => pin.Target == story) ?? new Pin { Scope = page, Target = story, Slot = slot }) with { Slot = slot, ETag = null };
        var moves = new List<Pin> { placed };
        var taken = pins.Where(pin => pin.Target != story).Select(pin => pin.Slot).Append(slot).ToHashSet();
        foreach (var pin in pins.Where(pin => pin.Target != story && pin.Slot == slot && pin.Overlaps(placed)))
        {
            var order = Enumerable.Range(slot + 1, Override.MaxSlot).Concat(Enumerable.Range(1, slot).Reverse());
            if ((from is { } left ? order.Prepend(left) : order).FirstOrDefault(free => OverrideRules.IsSlot(free) && !taken.Contains(free)) is var free and > 0)
            {
                taken.Add(free);
                moves.Add(pin with { Slot = free, ETag = null });
            }
        }

        return moves;
    }
}
