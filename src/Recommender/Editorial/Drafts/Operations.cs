namespace Recommender.Editorial.Drafts;

/// <summary>
/// What operations make of the overrides of a scope. Preview and publication both ask here, so what was reviewed is what is published. Applying the same operations again changes nothing.
/// </summary>
public static class Operations
{
    /// <summary>Most operations that a draft holds: with what they replace, and the audit, they fit one batch of a table.</summary>
    public const int Most = 24;

    /// <summary>The changes that make operations true. Operations of other scopes are passed over.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="live">All of its overrides, in force or not.</param>
    /// <param name="operations">In the order in which they were decided; of two pins that come to want one slot, the later decided is written later and so has it.</param>
    /// <param name="now">When they are written.</param>
    public static IReadOnlyList<RuleChange> Changes(OverrideScope scope, IReadOnlyList<Override> live, IEnumerable<Operation> operations, DateTimeOffset now)
    {
        var changes = new List<RuleChange>();
        foreach (var (place, operation) in operations.Where(operation => operation.Subject.Scope == scope).Index())
        {
            var existing = live.Where(rule => Subject.Of(rule) == operation.Subject).ToList();
            var kept = operation.Rule is Pin pin ? existing.OfType<Pin>().FirstOrDefault(other => other.Slot == pin.Slot) : operation.Rule is null ? null : existing.FirstOrDefault();
            changes.AddRange(existing.Where(rule => rule != kept).Select(rule => new RuleChange(rule, null)));
            if (operation.Rule is { } rule && !rule.SaysTheSameAs(kept))
            {
                var next = rule is Pin moved ? moved with { Turn = kept is Pin same ? same.Turn : TurnOf(moved, live, changes) } : rule;
                changes.Add(new RuleChange(kept, next with { Changed = now.ToUniversalTime().AddTicks(place), ETag = null }));
            }
        }

        return changes;
    }

    /// <summary>The overrides of a scope after changes.</summary>
    public static IReadOnlyList<Override> After(IReadOnlyList<Override> live, IReadOnlyList<RuleChange> changes) =>
        [.. live.Except(changes.Select(change => change.Before).OfType<Override>()), .. changes.Select(change => change.After).OfType<Override>()];

    // A slot's own row is for the first pin there; what an earlier pin of a slot leaves in the same publication is not taken over, for a batch writes a row once.
    private static string TurnOf(Pin pin, IReadOnlyList<Override> live, List<RuleChange> changes)
    {
        var taken = live.Concat(changes.Select(change => change.After).OfType<Override>()).OfType<Pin>().Select(other => other.Key).ToHashSet(StringComparer.Ordinal);
        var turn = "";
        while (taken.Contains(Pin.KeyOf(pin.Slot, turn)))
        {
            turn = turn.Length == 0 ? pin.Target : turn + "+";
        }

        return turn;
    }
}
