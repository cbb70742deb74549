namespace Recommender.Editorial.Drafts;

/// <summary>What an operation is about: one kind of rule for one story in one scope.</summary>
/// <param name="Kind">As <see cref="Override.Kind"/>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Target">Id of the story.</param>
public readonly record struct Subject(string Kind, OverrideScope Scope, string Target)
{
    /// <summary>What a rule is about.</summary>
    public static Subject Of(Override rule) => new(rule.Kind, rule.Scope, rule.Target);
}

/// <summary>One thing that an editor decided: a rule that is to hold, or one that is to be taken back. Never the list that was on the screen, so nothing that was not on it can be lost.</summary>
public sealed record Operation
{
    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What is to hold; null: take back whatever does.</summary>
    public Override? Rule { get; init; }

    /// <summary>What held when the editor decided; null for nothing.</summary>
    public Override? Base { get; init; }

    /// <summary>Who decided.</summary>
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Slot of the pin that it puts or takes back; null for other kinds.</summary>
    public int? Slot => ((Rule ?? Base) as Pin)?.Slot;

    /// <summary>The operation that makes a rule hold.</summary>
    public static Operation Put(Override rule) => new() { Subject = Subject.Of(rule), Rule = rule };

    /// <summary>The operation that takes a rule back.</summary>
    public static Operation Take(Subject subject) => new() { Subject = subject };

    /// <summary>The operation that makes a change undone: what was before holds again, or what came is taken back.</summary>
    /// <exception cref="ArgumentException">The entry says nothing.</exception>
    public static Operation Reverting(AuditEntry entry) =>
        entry.Before is { } before ? Put(before with { ETag = null })
        : entry.After is { } after ? Take(Subject.Of(after))
        : throw new ArgumentException("The entry neither tells what was nor what is.", nameof(entry));

    /// <summary>Whether both come to the same.</summary>
    public bool SaysTheSameAs(Operation? other) => other is not null && Subject == other.Subject
        && (Rule is null ? other.Rule is null : Rule.SaysTheSameAs(other.Rule));
}

/// <summary>One override that becomes another, appears (<paramref name="Before"/> null) or goes (<paramref name="After"/> null).</summary>
public readonly record struct RuleChange(Override? Before, Override? After);
