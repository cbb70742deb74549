using System.Globalization;
using System.Runtime.CompilerServices;
using Recommender.Editorial;
using Recommender.Sites;

namespace Recommender.Functions.Desk.Audit;

/// <summary>Which changes are wanted.</summary>
public sealed record AuditFilter
{
    private const int Page = 500;

    /// <summary>Part of the name of who changed it; empty for anybody.</summary>
    public string Who { get; init; } = "";

    /// <summary><c>pin</c>, <c>block</c>, <c>boost</c> or <c>evergreen</c>; empty for any.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Id of a story or page that it is about, or slug of a topic; empty for any.</summary>
    public string About { get; init; } = "";

    /// <summary>First day, in the site's zone; null for the first ever.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the site's zone; null for today.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only changes before this instant: where the page before ended.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>As the query of an address.</summary>
    public QueryString Query => QueryString.Create(new Dictionary<string, string?>
    {
        ["who"] = Empty(Who),
        ["kind"] = Empty(Kind),
        ["about"] = Empty(About),
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = To?.ToString("O", CultureInfo.InvariantCulture),
        ["before"] = Before?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    }.Where(part => part.Value is not null)!);

    /// <summary>The changes that are wanted, newest first, looking at no more than <paramref name="most"/>.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(AuditLog audit, Site site, int most, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var before = Earlier(Before, To is { } to ? Midnight(to.AddDays(1), site.TimeZone) : null);
        var from = From is { } first ? Midnight(first, site.TimeZone) : DateTimeOffset.MinValue;
        for (var looked = 0; looked < most; looked += Page)
        {
            var entries = await audit.ListAsync(site, before, Page, cancellation);
            foreach (var entry in entries)
            {
                if (entry.Time < from)
                {
                    yield break;
                }

                if (Wants(entry))
                {
                    yield return entry;
                }
            }

            if (entries.Count < Page)
            {
                yield break;
            }

            before = entries[^1].Time;
        }
    }

    private bool Wants(AuditEntry entry) =>
        entry.Author.Contains(Who, StringComparison.CurrentCultureIgnoreCase)
        && (Kind.Length == 0 || (entry.After ?? entry.Before)?.Kind == Kind)
        && (About.Length == 0 || entry.Page == About || new[] { entry.Before, entry.After }.Any(rule => rule is not null && (rule.Target == About || rule.Scope.Name == About)));

    // A day that a clock change begins with starts at the first minute there is.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    private static string? Empty(string text) => text.Length == 0 ? null : text;
}
