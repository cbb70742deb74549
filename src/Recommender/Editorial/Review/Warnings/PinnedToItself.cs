namespace Recommender.Editorial.Review.Warnings;

/// <summary>A story that a topic or the site pins is this page: here the slot is filled with another.</summary>
public sealed class PinnedToItself : IWarningRule
{
    /// <inheritdoc/>
    public IEnumerable<Warning> Check(WarningContext context) => context.Pins
        .Where(pin => pin.Target == context.Page)
        .Select(pin => new Warning(nameof(PinnedToItself), WarningLevel.Note, $"This page itself is pinned {Sentences.Where(pin.Scope)}. A page is never in its own list, so slot {pin.Slot} is filled with another story here.", pin));
}
