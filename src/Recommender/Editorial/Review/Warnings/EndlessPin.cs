namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pin that is new in the draft has no end.</summary>
public sealed class EndlessPin : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => pin.Until is null && !context.Live.Contains(pin))
        .Select(pin => new Warning(nameof(EndlessPin), WarningLevel.Note, $"The pin of “{context.NameOf(pin.Target)}” in slot {pin.Slot} has no end: it stays until somebody takes it back.", pin));
}
