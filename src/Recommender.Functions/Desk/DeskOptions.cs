using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recommender.Functions.Access.SignIn;

namespace Recommender.Functions.Desk;

/// <summary>The editors' desk, section <c>Desk</c>.</summary>
public sealed class DeskOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Desk";

    /// <summary>
    /// Scheme and host under which editors open the desk, such as <c>https://stories.example.org</c>: for proxies that change the host and do not say so. Default: as the request has them.
    /// </summary>
    public string? Origin { get; set; }

    /// <summary>Hours after which an editor who did nothing signs in again, 0.1 to 24. Default: 4.</summary>
    [Range(0.1, 24)]
    public double IdleHours { get; set; } = 4;

    /// <summary>Hours after which an editor signs in again in any case, 0.1 to 168; for so long, too, a role that was taken away can still be used. Default: 12.</summary>
    [Range(0.1, 168)]
    public double SessionHours { get; set; } = 12;

    /// <summary>Who may sign in. Without an authority there is a desk in Development only, where one's own word is taken.</summary>
    [ValidateObjectMembers]
    public SignInOptions SignIn { get; set; } = new();

    /// <summary>How the desk looks, by id of the site.</summary>
    public IDictionary<string, DeskSiteOptions> Sites { get; set; } = new Dictionary<string, DeskSiteOptions>(StringComparer.Ordinal);
}

/// <summary>How the desk of a site looks.</summary>
public sealed class DeskSiteOptions
{
    /// <summary>The site's own colour, <c>#rrggbb</c>: of links, buttons and marks. It is darkened or lightened until text in it is easy to read. Default: a blue.</summary>
    public string? Colour { get; set; }
}
