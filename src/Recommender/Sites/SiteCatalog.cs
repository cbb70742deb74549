using System.Diagnostics.CodeAnalysis;
using Recommender.Articles;

namespace Recommender.Sites;

/// <summary>The sites of one deployment.</summary>
public sealed class SiteCatalog(IEnumerable<Site> sites)
{
    private readonly Dictionary<string, Site> byId = sites.ToDictionary(site => site.Id, StringComparer.Ordinal);

    /// <summary>Every site, in order of id.</summary>
    public IReadOnlyList<Site> All => [.. byId.Values.OrderBy(site => site.Id, StringComparer.Ordinal)];

    /// <summary>The site with that id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out Site? site) => byId.TryGetValue(id, out site);

    /// <summary>
    /// The site that a request means: the one named; else the one whose host <paramref name="url"/> has, a host by its own name before one by a pattern; else the only one there is.
    /// </summary>
    /// <returns>Null when none of these tells.</returns>
    public Site? Find(string? id, string? url)
    {
        if (!string.IsNullOrEmpty(id))
        {
            return byId.GetValueOrDefault(id);
        }

        if (CanonicalUrl.TryParse(url, out var canonical) && new Uri(canonical).Host is var host
            && All.Where(site => site.HasHost(host)).MinBy(site => site.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? 0 : 1) is { } found)
        {
            return found;
        }

        return byId.Count == 1 ? byId.Values.First() : null;
    }
}
