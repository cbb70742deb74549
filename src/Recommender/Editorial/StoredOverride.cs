namespace Recommender.Editorial;

/// <summary>An override as rows hold it: one flat shape for all kinds.</summary>
internal sealed record StoredOverride
{
    public required string Kind { get; init; }

    public required string ScopeKind { get; init; }

    public string ScopeName { get; init; } = "";

    public required string Target { get; init; }

    public int? Slot { get; init; }

    public string? Turn { get; init; }

    public double? Factor { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string Note { get; init; } = "";

    public string Author { get; init; } = "";

    public DateTimeOffset Changed { get; init; }

    public static StoredOverride Of(Override rule) => new()
    {
        Kind = rule.Kind,
        ScopeKind = rule.Scope.Kind,
        ScopeName = rule.Scope.Name,
        Target = rule.Target,
        Slot = (rule as Pin)?.Slot,
        Turn = rule is Pin { Turn.Length: > 0 } pin ? pin.Turn : null,
        Factor = (rule as Boost)?.Factor,
        From = rule.From,
        Until = rule.Until,
        Note = rule.Note,
        Author = rule.Author,
        Changed = rule.Changed,
    };

    public Override ToOverride(string? etag = null)
    {
        var scope = OverrideScope.Parse(ScopeKind, ScopeName);
        Override rule = Kind switch
        {
            Pin.Name => new Pin { Scope = scope, Target = Target, Slot = Slot ?? 1, Turn = Turn ?? "" },
            Block.Name => new Block { Scope = scope, Target = Target },
            Boost.Name => new Boost { Scope = scope, Target = Target, Factor = Factor ?? 1 },
            Evergreen.Name => new Evergreen { Scope = scope, Target = Target },
            _ => throw new InvalidDataException($"There is no override of kind '{Kind}'."),
        };
        return rule with { From = From, Until = Until, Note = Note, Author = Author, Changed = Changed, ETag = etag };
    }
}

/// <summary>An audit entry as rows hold it.</summary>
internal sealed record StoredAuditEntry
{
    public required string Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Author { get; init; }

    public required string Action { get; init; }

    public StoredOverride? Before { get; init; }

    public StoredOverride? After { get; init; }

    public string? Page { get; init; }

    public int? Version { get; init; }

    public string Note { get; init; } = "";

    public AuditEntry ToEntry() => new(Id, Time, Author, Action, Before?.ToOverride(), After?.ToOverride()) { Page = Page, Version = Version, Note = Note };
}
