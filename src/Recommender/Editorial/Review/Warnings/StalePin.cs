namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pin without end that nobody has touched for a month.</summary>
public sealed class StalePin : IWarningRule
{
    /// <summary>Age from which a pin without end is stale.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => pin.Until is null && context.Live.Contains(pin) && context.Now - pin.Changed > Age)
        .Select(pin => new Warning(nameof(StalePin), WarningLevel.Caution, $"“{context.NameOf(pin.Target)}” was pinned {LocalTime.Distance(pin.Changed - context.Now)} and has no end. Is it still wanted?", pin) { Remedy = "Unpin" });
}
