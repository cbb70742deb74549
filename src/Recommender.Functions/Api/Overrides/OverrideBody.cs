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
    private const int MaxNote = 1_000;
    private const int MaxAuthor = 200;
    private const double MaxFactor = 10;

    private readonly List<FieldError> errors = [];

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Slot in the address of a pin.</summary>
    public static bool TrySlot(string key, out int slot) =>
        int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out slot) && slot is >= 1 and <= Override.MaxSlot;

    /// <summary>The override; null when something is wrong.</summary>
    public async Task<Override?> ReadAsync(OverrideBody body, string keyName, Publisher publisher, CancellationToken cancellation)
    {
        var from = Instant("from", body.From);
        var until = Instant("until", body.Until);
        if (until is not null && until <= from)
        {
            errors.Add(new FieldError("until", "Until is not after from."));
        }

        var note = Text("note", body.Note, MaxNote);
        var author = Text("author", body.Author, MaxAuthor);
        var target = await TargetAsync(body, publisher, cancellation);
        Override rule = kind switch
        {
            Pin.Name => new Pin { Scope = scope, Target = target, Slot = Slot() },
            Boost.Name => new Boost { Scope = scope, Target = target, Factor = Factor(body.Factor) },
            _ => new Block { Scope = scope, Target = target },
        };
        return errors.Count > 0 ? null : rule with { From = from, Until = until, Note = note, Author = author.Length > 0 ? author : keyName };
    }

    private int Slot()
    {
        if (!TrySlot(key, out var slot))
        {
            errors.Add(new FieldError("slot", $"A slot is a whole number from 1 to {Override.MaxSlot}."));
        }

        return slot;
    }

    private double Factor(double? factor)
    {
        if (factor is not (>= 0 and <= MaxFactor))
        {
            errors.Add(new FieldError("factor", $"A factor from 0 to {MaxFactor} is required: above 1 lifts a story, below 1 buries it."));
        }

        return factor ?? 1;
    }

    private async Task<string> TargetAsync(OverrideBody body, Publisher publisher, CancellationToken cancellation)
    {
        var named = kind == Pin.Name ? body.Target : key;
        if (string.IsNullOrWhiteSpace(named))
        {
            errors.Add(new FieldError("target", "The id or URL of a story is required."));
            return "";
        }

        var isUrl = named.Contains("://", StringComparison.Ordinal);
        var id = isUrl ? await publisher.FindAsync(site, named, cancellation) : await publisher.GetAsync(site, named, cancellation) is null ? null : named;
        if (id is null)
        {
            errors.Add(new FieldError("target", $"There is no article '{named}' in site '{site.Id}'."));
        }
        else if (scope.Kind == "page" && scope.Name == id)
        {
            errors.Add(new FieldError("target", "A page is never in its own list."));
        }

        return id ?? named;
    }

    private DateTimeOffset? Instant(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (LenientDate.TryParse(text, site.TimeZone, out var instant))
        {
            return instant;
        }

        errors.Add(new FieldError(field, "This is no date and time; write one like 2026-11-24T18:00:00Z."));
        return null;
    }

    private string Text(string field, string? text, int max)
    {
        var line = (text ?? "").Trim();
        if (line.Length > max)
        {
            errors.Add(new FieldError(field, $"At most {max} characters, not {line.Length}."));
        }

        return line;
    }
}
