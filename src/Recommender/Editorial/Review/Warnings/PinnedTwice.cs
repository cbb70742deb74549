namespace Recommender.Editorial.Review.Warnings;

/// <summary>A story is pinned in a slot and was in another, or still is in another scope: it stands once.</summary>
public sealed class PinnedTwice : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context)
    {
        foreach (var story in context.Pins.GroupBy(pin => pin.Target))
        {
            foreach (var pin in story)
            {
                if (context.Live.OfType<Pin>().FirstOrDefault(other => other.Scope == pin.Scope && other.Target == pin.Target) is { } before && before.Slot != pin.Slot)
                {
                    yield return new Warning(nameof(PinnedTwice), WarningLevel.Note, $"“{context.NameOf(pin.Target)}” was pinned in slot {before.Slot}. It moves to slot {pin.Slot}.", pin);
                }
            }

            var pins = story.ToList();
            foreach (var (place, pin) in pins.Index())
            {
                foreach (var other in pins.Skip(place + 1).Where(other => other.Slot != pin.Slot && other.Overlaps(pin)))
                {
                    yield return new Warning(
                        nameof(PinnedTwice), WarningLevel.Caution, $"“{context.NameOf(pin.Target)}” is pinned in slot {pin.Slot} {Sentences.Where(pin.Scope)} and in slot {other.Slot} {Sentences.Where(other.Scope)}. It stands once.", other);
                }
            }
        }
    }
}
