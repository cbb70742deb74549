using Recommender.MoreStories;

namespace Recommender.Editorial.Review;

/// <summary>A story of the drafted list against the list that is live.</summary>
/// <param name="Item">It, as drafted.</param>
/// <param name="Before">Its slot in the live list; null when it is new there.</param>
public sealed record Movement(ListItem Item, int? Before)
{
    /// <summary>Whether it is not in the live list.</summary>
    public bool IsNew => Before is null;

    /// <summary>Slots that it moves up; negative for down.</summary>
    public int Up => Before is { } before ? before - Item.Slot : 0;

    /// <summary>How the drafted list differs from the live one, slot by slot.</summary>
    public static IReadOnlyList<Movement> Between(MoreStoriesList live, MoreStoriesList draft)
    {
        var slots = live.Items.ToDictionary(item => item.Card.Id, item => item.Slot, StringComparer.Ordinal);
        return [.. draft.Items.Select(item => new Movement(item, slots.TryGetValue(item.Card.Id, out var slot) ? slot : null))];
    }
}

/// <summary>A story that is live and would be no more.</summary>
/// <param name="Item">It, as it is live.</param>
/// <param name="Fate">What would become of it.</param>
public sealed record Displaced(ListItem Item, Fate Fate);
