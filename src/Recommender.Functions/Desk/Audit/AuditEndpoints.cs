using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Recommender.Articles;
using Recommender.Editorial;
using Recommender.Editorial.Review;

namespace Recommender.Functions.Desk.Audit;

/// <summary>Who changed what, at <c>/desk/{site}/audit</c>.</summary>
internal static class AuditEndpoints
{
    private const int Shown = 50;
    private const int Looked = 20_000;
    private const int MostExported = 20_000;
    private const int LongestText = 500;

    /// <summary>Maps it, for anybody who is signed in.</summary>
    public static void MapAuditPages(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/audit", ShowAsync);
        desk.MapGet("/audit.csv", ExportAsync);
    }

    private static async Task<IResult> ShowAsync([AsParameters] AuditQuery query, DeskRequest request, AuditLog audit, PageReviews reviews, CancellationToken cancellation)
    {
        var filter = query.Read(request);
        var entries = await filter.ReadAsync(audit, request.Site, Looked, cancellation).Take(Shown + 1).ToListAsync(cancellation);
        var shown = entries.Take(Shown).ToList();
        return DeskResults.Page<AuditPage>(new()
        {
            [nameof(AuditPage.Filter)] = filter,
            [nameof(AuditPage.Entries)] = shown,
            [nameof(AuditPage.Stories)] = await reviews.StoriesAsync(request.Site, shown.SelectMany(Ids).Distinct(StringComparer.Ordinal), cancellation),
            [nameof(AuditPage.HasMore)] = entries.Count > Shown,
        });
    }

    private static async Task ExportAsync([AsParameters] AuditQuery query, DeskRequest request, AuditLog audit, PageReviews reviews, HttpContext context, CancellationToken cancellation)
    {
        var entries = await query.Read(request).ReadAsync(audit, request.Site, MostExported, cancellation).ToListAsync(cancellation);
        var stories = await reviews.StoriesAsync(request.Site, entries.SelectMany(Ids).Distinct(StringComparer.Ordinal), cancellation);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"audit-{request.Site.Id}-{request.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv",
        }.ToString();
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(Csv.Line("time", "who", "what", "note", "before", "after", "page", "version", "id"));
        foreach (var entry in entries)
        {
            await writer.WriteAsync(Csv.Line(
                entry.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                entry.Author,
                RuleWords.Deed(entry, stories),
                entry.Note.Length > 0 ? entry.Note : (entry.After ?? entry.Before)?.Note ?? "",
                RuleWords.Whole(entry.Before, request.TimeZone),
                RuleWords.Whole(entry.After, request.TimeZone),
                entry.Page ?? "",
                entry.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
                entry.Id));
        }
    }

    private static IEnumerable<string> Ids(AuditEntry entry) => new[] { entry.Before, entry.After }.OfType<Override>()
        .SelectMany(rule => rule.Scope.Kind == "page" ? [rule.Target, rule.Scope.Name] : new[] { rule.Target })
        .Concat(entry.Page is { } page ? [page] : []);

    /// <summary>What the page's form asks for. What cannot be read counts as not asked.</summary>
    internal readonly record struct AuditQuery(
        [FromQuery] string? Who, [FromQuery] string? Kind, [FromQuery] string? About, [FromQuery] string? From, [FromQuery] string? To, [FromQuery] string? Before)
    {
        public AuditFilter Read(DeskRequest request) => new()
        {
            Who = Short(Who),
            Kind = Kind is Pin.Name or Block.Name or Boost.Name or Evergreen.Name ? Kind : "",
            About = Short(About),
            From = Day(From),
            To = Day(To),
            Before = LenientDate.TryParse(Before, request.TimeZone, out var instant) ? instant : null,
        };

        private static string Short(string? text) => (text ?? "").Trim() is var trimmed && trimmed.Length > LongestText ? trimmed[..LongestText] : trimmed;

        private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
