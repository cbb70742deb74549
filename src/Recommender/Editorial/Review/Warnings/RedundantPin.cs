namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pin where the ranking would put the story by itself.</summary>
public sealed class RedundantPin : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => pin.Scope.Kind == "page" && context.Redundant.Contains(pin.Target))
        .Select(pin => new Warning(nameof(RedundantPin), WarningLevel.Note, $"“{context.NameOf(pin.Target)}” would stand in slot {pin.Slot} without its pin, too. Release it?", pin) { Remedy = "Release" });
}
