using System.Diagnostics.CodeAnalysis;
using AngleSharp.Dom;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>What relative addresses in a feed are relative to: <c>xml:base</c>, else the feed's link, else where the feed is.</summary>
internal static class FeedBase
{
    /// <summary>The base for what <paramref name="element"/> says.</summary>
    public static Uri? Of(IElement element, Uri? feed)
    {
        var chain = new List<string>();
        for (var at = element; at is not null; at = at.ParentElement)
        {
            if (at.GetAttribute("xml:base") is { Length: > 0 } address)
            {
                chain.Add(address);
            }
        }

        chain.Reverse();
        return chain.Aggregate(feed, (parent, address) => Resolve(parent, address) ?? parent);
    }

    /// <summary>An absolute http or https address; null when there is none.</summary>
    public static Uri? Resolve(Uri? parent, string? address)
    {
        address = address?.Trim();
        if (string.IsNullOrEmpty(address) || address.Length > CanonicalUrl.MaxLength)
        {
            return null;
        }

        return (TryCreate(parent, address, out var resolved) || (Uri.TryCreate(address, UriKind.Absolute, out resolved) && !resolved.IsFile))
            && resolved.Scheme is "http" or "https" && resolved.Host.Length > 0 ? resolved : null;
    }

    // A path from the root is an absolute file URI to Uri on Unix, so relative comes first.
    private static bool TryCreate(Uri? parent, string address, [NotNullWhen(true)] out Uri? resolved)
    {
        resolved = null;
        return parent is not null && Uri.TryCreate(parent, address, out resolved);
    }
}
