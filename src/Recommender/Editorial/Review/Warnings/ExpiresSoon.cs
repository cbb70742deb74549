namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pin ends within two hours.</summary>
public sealed class ExpiresSoon : IWarningRule
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => pin.Until is { } until && until - context.Now <= Soon)
        .Select(pin => new Warning(nameof(ExpiresSoon), WarningLevel.Caution, $"The pin of “{context.NameOf(pin.Target)}” ends {LocalTime.Distance(pin.Until!.Value - context.Now)}: {LocalTime.Echo(pin.Until.Value, context.Zone, context.Now)}.", pin));
}
