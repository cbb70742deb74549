using System.Diagnostics.CodeAnalysis;

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
    /// The site that a request means: the one named; else the one whose host <paramref name="url"/> has; else the only one there is.
    /// </summary>
    /// <returns>Null when none of these tells.</returns>
    public Site? Find(string? id, string? url)
    {
        if (!string.IsNullOrEmpty(id))
        {
            return byId.GetValueOrDefault(id);
        }

        if (url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address) && All.FirstOrDefault(site => site.HasHost(address.Host)) is { } found)
        {
            return found;
        }

        return byId.Count == 1 ? byId.Values.First() : null;
    }
}
