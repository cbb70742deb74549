namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pinned story was taken down, or never was: it is skipped when the list is served.</summary>
public sealed class TakenDown : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => context.Stories.TryGetValue(pin.Target, out var story) && story.Card is null)
        .Select(pin => new Warning(nameof(TakenDown), WarningLevel.Failure, $"“{context.NameOf(pin.Target)}” was taken down. Its pin in slot {pin.Slot} is skipped, and the slot filled.", pin) { Remedy = "Unpin" });
}
