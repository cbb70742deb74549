using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Functions.Access;
using Recommender.Sites;

namespace Recommender.Functions.Api.Overrides;

/// <summary>Who changed which override.</summary>
internal static class AuditEndpoint
{
    private const int DefaultCount = 50;
    private const int MaxCount = 500;

    /// <summary>Maps it.</summary>
    public static void MapAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/audit", GetAsync)
        .RequireAuthorization(AccessServices.Editor).WithTags("Overrides").WithName("Audit").WithSummary("Changes of overrides, newest first")
        .Produces<AuditAnswer>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> GetAsync(
        [FromQuery, Description("Id of the site, when there are several.")] string? site,
        [FromQuery, Description("Only changes before this instant: the answer's next.")] string? before,
        [FromQuery, Description("Changes wanted, 1 to 500; 50 when absent.")] string? count,
        SiteCatalog sites,
        AuditLog audit,
        CancellationToken cancellation)
    {
        if (!sites.TryFind(site, null, out var found, out var unknown))
        {
            return unknown;
        }

        DateTimeOffset? instant = null;
        if (!string.IsNullOrEmpty(before))
        {
            if (!LenientDate.TryParse(before, found.TimeZone, out var parsed))
            {
                return Problems.Field("before", "This is no date and time; write one like 2026-11-24T18:00:00Z.");
            }

            instant = parsed;
        }

        var wanted = DefaultCount;
        if (!string.IsNullOrEmpty(count) && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out wanted) || wanted is < 1 or > MaxCount))
        {
            return Problems.Field("count", $"Count is a whole number from 1 to {MaxCount}.");
        }

        var entries = await audit.ListAsync(found, instant, wanted, cancellation);
        return TypedResults.Ok(new AuditAnswer(
            [.. entries.Select(AuditEntryAnswer.Of)],
            entries.Count == wanted ? entries[^1].Time.ToString("O", CultureInfo.InvariantCulture) : null));
    }
}

/// <summary>A page of the audit.</summary>
/// <param name="Entries">Changes, newest first.</param>
/// <param name="Next">Where to go on, as <c>before</c>; absent at the end.</param>
internal sealed record AuditAnswer(IReadOnlyList<AuditEntryAnswer> Entries, string? Next);

/// <summary>One change.</summary>
/// <param name="Id">Unique in its site.</param>
/// <param name="Time">When.</param>
/// <param name="Author">Who.</param>
/// <param name="Action"><c>put</c> or <c>delete</c>.</param>
/// <param name="Before">What was there; absent when nothing was.</param>
/// <param name="After">What is there since; absent after a deletion.</param>
internal sealed record AuditEntryAnswer(string Id, DateTimeOffset Time, string Author, string Action, OverrideAnswer? Before, OverrideAnswer? After)
{
    /// <summary>The page at whose desk it was published; absent for a change by the API.</summary>
    public string? Page { get; init; }

    /// <summary>The version of that page.</summary>
    public int? Version { get; init; }

    /// <summary>What was told with that version.</summary>
    public string? Note { get; init; }

    /// <summary>The answer for an entry.</summary>
    public static AuditEntryAnswer Of(AuditEntry entry) => new(
        entry.Id, entry.Time, entry.Author, entry.Action, entry.Before is { } before ? OverrideAnswer.Of(before, null) : null, entry.After is { } after ? OverrideAnswer.Of(after, null) : null)
    {
        Page = entry.Page,
        Version = entry.Version,
        Note = entry.Note.Length > 0 ? entry.Note : null,
    };
}
