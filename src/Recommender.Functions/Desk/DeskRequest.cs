using Recommender.Sites;

namespace Recommender.Functions.Desk;

/// <summary>What every page of a site's desk is made from. Endpoints below <c>/desk/{site}</c> take it as a parameter.</summary>
public sealed record DeskRequest
{
    /// <summary>The site.</summary>
    public required Site Site { get; init; }

    /// <summary>Every site, for the switch.</summary>
    public required IReadOnlyList<Site> Sites { get; init; }

    /// <summary>Who is signed in.</summary>
    public required DeskEditor Editor { get; init; }

    /// <summary>The instant of the request: what a page shows is as of then.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The zone of the times that editors read and write: the site's.</summary>
    public TimeZoneInfo TimeZone => Site.TimeZone;

    /// <summary>The path of a page of this site's desk: <c>/desk/{site}/{rest}</c>.</summary>
    public string Path(string rest = "") => rest.Length == 0 ? $"{DeskServices.Root}/{Site.Id}" : $"{DeskServices.Root}/{Site.Id}/{rest}";

    /// <summary>The path of an article's page of the desk.</summary>
    public string PageOf(string articleId) => Path($"pages/{Uri.EscapeDataString(articleId)}");

    /// <summary>Gives handlers what <see cref="DeskGuard"/> found out.</summary>
    public static ValueTask<DeskRequest?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<DeskRequest>());
}
