using System.Globalization;

namespace Recommender.Editorial;

/// <summary>What an editor decided about a story: <see cref="Pin"/>, <see cref="Block"/>, <see cref="Boost"/> or <see cref="Evergreen"/>.</summary>
public abstract record Override
{
    /// <summary>Slots that a story can be pinned to.</summary>
    public const int MaxSlot = 20;

    /// <summary>Where it holds.</summary>
    public required OverrideScope Scope { get; init; }

    /// <summary>Id of the story it is about.</summary>
    public required string Target { get; init; }

    /// <summary>In force from this instant (inclusive); null: always was.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>In force until this instant (exclusive); null: without end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, in the editor's words; at most 1,000 characters.</summary>
    public string Note { get; init; } = "";

    /// <summary>Who decided.</summary>
    public string Author { get; init; } = "";

    /// <summary>When it was last written, in UTC.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>Version in the store, for conflict checks; null for one that was not read from it.</summary>
    public string? ETag { get; init; }

    /// <summary><c>pin</c>, <c>block</c>, <c>boost</c> or <c>evergreen</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What makes it unique among its scope and kind: the slot of a pin, with its turn when it has one; else the target.</summary>
    public virtual string Key => Target;

    /// <summary>Whether it is in force at <paramref name="instant"/>.</summary>
    public bool IsInForce(DateTimeOffset instant) => (From is null || From <= instant) && (Until is null || instant < Until);

    /// <summary>Whether there is an instant at which both are in force.</summary>
    public bool Overlaps(Override other) => (From is null || other.Until is null || From < other.Until) && (other.From is null || Until is null || other.From < Until);

    /// <summary>Whether it says the same, whoever wrote it when and in which row.</summary>
    public virtual bool SaysTheSameAs(Override? other) => other is not null && other with { Changed = Changed, ETag = ETag, Author = Author } == this;
}

/// <summary>
/// The story stands in this slot. A slot has one pin of its own, and any number of others that are told apart by their <see cref="Turn"/>: one for tonight beside the usual one. Of those
/// in force at the same time, that of the narrowest scope has the slot; in one scope, that whose window began last; of these, that written last.
/// </summary>
public sealed record Pin : Override
{
    /// <summary>What <see cref="Override.Kind"/> says of it.</summary>
    public const string Name = "pin";

    /// <summary>Place in the list, 1 to <see cref="Override.MaxSlot"/>.</summary>
    public required int Slot { get; init; }

    /// <summary>Tells it from other pins of the slot in its scope; empty for the slot's own.</summary>
    public string Turn { get; init; } = "";

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override string Key => KeyOf(Slot, Turn);

    /// <summary>The key of a pin: <c>02</c>, or <c>02@evening</c>.</summary>
    public static string KeyOf(int slot, string turn = "")
    {
        var number = slot.ToString("D2", CultureInfo.InvariantCulture);
        return turn.Length == 0 ? number : $"{number}@{turn}";
    }

    /// <summary>Pins of one scope slot by slot, each slot's in the order in which they have it.</summary>
    public static IEnumerable<Pin> InOrder(IEnumerable<Pin> pins) => pins
        .OrderBy(pin => pin.Slot).ThenByDescending(pin => pin.From ?? DateTimeOffset.MinValue).ThenByDescending(pin => pin.Changed).ThenBy(pin => pin.Target, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool SaysTheSameAs(Override? other) => other is Pin pin && base.SaysTheSameAs(pin with { Turn = Turn });
}

/// <summary>The story does not appear.</summary>
public sealed record Block : Override
{
    /// <summary>What <see cref="Override.Kind"/> says of it.</summary>
    public const string Name = "block";

    /// <inheritdoc/>
    public override string Kind => Name;
}

/// <summary>The story's score is multiplied: above 1 lifts it, below 1 buries it.</summary>
public sealed record Boost : Override
{
    /// <summary>What <see cref="Override.Kind"/> says of it.</summary>
    public const string Name = "boost";

    /// <summary>0 to 10.</summary>
    public required double Factor { get; init; }

    /// <inheritdoc/>
    public override string Kind => Name;
}

/// <summary>The story is of use whatever its age: time takes nothing from its score.</summary>
public sealed record Evergreen : Override
{
    /// <summary>What <see cref="Override.Kind"/> says of it.</summary>
    public const string Name = "evergreen";

    /// <inheritdoc/>
    public override string Kind => Name;
}

/// <summary>Where an override holds: on one page, on the pages of a topic, or on every page of the site. The narrower wins.</summary>
public readonly record struct OverrideScope
{
    private OverrideScope(string kind, string name) => (Kind, Name) = (kind, name);

    /// <summary><c>page</c>, <c>topic</c> or <c>site</c>.</summary>
    public string Kind { get; }

    /// <summary>The page's article id, the topic's slug, or nothing.</summary>
    public string Name { get; }

    /// <summary>Every page of the site.</summary>
    public static OverrideScope Site { get; } = new("site", "");

    /// <summary>One page.</summary>
    public static OverrideScope Page(string id) => new("page", id);

    /// <summary>The pages of a topic.</summary>
    public static OverrideScope Topic(string slug) => new("topic", slug);

    /// <summary>The scope of that kind and name.</summary>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static OverrideScope Parse(string kind, string name) => kind switch
    {
        "page" => Page(name),
        "topic" => Topic(name),
        "site" => Site,
        _ => throw new FormatException($"There is no scope of kind '{kind}'."),
    };

    /// <summary>The scope that <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static OverrideScope Parse(string text) => text.Split(':', 2) is [var kind, var name] ? Parse(kind, name) : Parse(text, "");

    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Kind : $"{Kind}:{Name}";
}
