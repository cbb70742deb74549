namespace Recommender.Editorial.Review.Warnings;

/// <summary>A pinned story is not published yet: its pin waits.</summary>
public sealed class NotYetPublished : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context)
    {
        foreach (var pin in context.Pins)
        {
            if (context.Stories.TryGetValue(pin.Target, out var story) && story.Card is { } card && card.Published > context.Now)
            {
                var isNever = pin.Until is { } until && until <= card.Published;
                yield return new Warning(
                    nameof(NotYetPublished),
                    isNever ? WarningLevel.Failure : WarningLevel.Caution,
                    $"“{card.Title}” is not published yet. Its pin waits until {LocalTime.Echo(card.Published, context.Zone, context.Now)}{(isNever ? ", but ends before that" : "")}.",
                    pin);
            }
        }
    }
}
