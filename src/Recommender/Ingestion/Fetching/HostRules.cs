using Recommender.Sites;

namespace Recommender.Ingestion.Fetching;

/// <summary>Which addresses may be fetched for a site.</summary>
internal static class HostRules
{
    /// <summary>Whether an address is http or https, without credentials, and of a host of the site or of one of its feeds.</summary>
    public static bool Allows(Site site, Uri address) => Refusal(site, address) is null;

    /// <summary>Why an address may not be fetched; null when it may.</summary>
    public static string? Refusal(Site site, Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            return $"{address} is not fetched: it is neither http nor https.";
        }

        if (address.UserInfo.Length > 0)
        {
            return $"{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)} is not fetched: its URL holds a name or password.";
        }

        return HasHost(site, address.Host) || HasHost(site, address.IdnHost) || site.Feeds.Any(feed => IsHostOf(feed, address))
            ? null
            : $"{address} is not fetched: '{address.Host}' is no host of site '{site.Id}', which has {(site.Hosts.Count == 0 ? "none" : string.Join(", ", site.Hosts))}.";
    }

    private static bool HasHost(Site site, string host) => host.Length > 0 && site.HasHost(host);

    private static bool IsHostOf(string feed, Uri address) =>
        Uri.TryCreate(feed, UriKind.Absolute, out var uri) && uri.IdnHost.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase);
}
