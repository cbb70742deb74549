namespace Recommender.Editorial.Review.Warnings;

/// <summary>A story is pinned and blocked at the same time: the block wins.</summary>
public sealed class PinnedAndBlocked : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) =>
        from pin in context.Pins
        from block in context.After.OfType<Block>()
        where block.Target == pin.Target && block.Overlaps(pin)
        select new Warning(
            nameof(PinnedAndBlocked), WarningLevel.Failure, $"“{context.NameOf(pin.Target)}” is pinned in slot {pin.Slot} and blocked {Sentences.Where(block.Scope)}. The block wins.", pin)
        { Remedy = "Unpin" };
}
