using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Sites;

namespace Recommender.Functions.Api.Overrides;

/// <summary>What an editor sends of an override; the rest stands in the address.</summary>
internal sealed record OverrideBody
{
    /// <summary>Id or URL of the pinned story; for a pin only, since others name it in the address.</summary>
    public string? Target { get; init; }

    /// <summary>What a boost multiplies the score by, 0 to 10; for a boost only.</summary>
    public double? Factor { get; init; }

    /// <summary>In force from this instant; without a zone, in the site's. At once, when absent.</summary>
    public string? From { get; init; }

    /// <summary>In force until this instant; without end, when absent.</summary>
    public string? Until { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }

    /// <summary>Who decided; the key's name when absent.</summary>
    public string? Author { get; init; }
}

/// <summary>Makes an override of an address and a body.</summary>
internal sealed class OverrideReading(Site site, OverrideScope scope, string kind, string key)
{
    private readonly List<FieldError> errors = [];

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Slot in the address of a pin, and its turn behind an <c>@</c>.</summary>
    public static bool TrySlot(string key, out int slot, out string turn)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        turn = at < 0 ? "" : key[(at + 1)..];
        return int.TryParse(at < 0 ? key : key[..at], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out slot)
            && OverrideRules.IsSlot(slot) && at != key.Length - 1;
    }

    /// <summary>The override; null when something is wrong.</summary>
    public async Task<Override?> ReadAsync(OverrideBody body, string keyName, Publisher publisher, CancellationToken cancellation)
    {
        var from = Instant("from", body.From);
        var until = Instant("until", body.Until);
        var author = (body.Author ?? "").Trim();
        var target = await TargetAsync(body, publisher, cancellation);
        Override rule = kind switch
        {
            Pin.Name => TrySlot(key, out var slot, out var turn) ? new Pin { Scope = scope, Target = target, Slot = slot, Turn = turn } : new Pin { Scope = scope, Target = target, Slot = 0 },
            Boost.Name => new Boost { Scope = scope, Target = target, Factor = body.Factor ?? double.NaN },
            Evergreen.Name => new Evergreen { Scope = scope, Target = target },
            _ => new Block { Scope = scope, Target = target },
        };
        rule = rule with { From = from, Until = until, Note = (body.Note ?? "").Trim(), Author = author.Length > 0 ? author : keyName };
        errors.AddRange(OverrideRules.Check(rule).Where(error => errors.TrueForAll(earlier => earlier.Field != error.Field)));
        return errors.Count > 0 ? null : rule;
    }

    private async Task<string> TargetAsync(OverrideBody body, Publisher publisher, CancellationToken cancellation)
    {
        var named = kind == Pin.Name ? body.Target : key;
        if (string.IsNullOrWhiteSpace(named))
        {
            return "";
        }

        var isUrl = named.Contains("://", StringComparison.Ordinal);
        var id = isUrl ? await publisher.FindAsync(site, named, cancellation) : await publisher.GetAsync(site, named, cancellation) is null ? null : named;
        if (id is null)
        {
            errors.Add(new FieldError("target", $"There is no article '{named}' in site '{site.Id}'."));
        }

        return id ?? named;
    }

    private DateTimeOffset? Instant(string field, string? text)
    {
        errors.AddRange(OverrideRules.ReadInstant(site, field, text, out var instant) is { } error ? [error] : []);
        return instant;
    }
}
