using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>What a feed or sitemap says, whatever its format.</summary>
public sealed record Feed
{
    /// <summary>Its format.</summary>
    public required FeedKind Kind { get; init; }

    /// <summary>What it calls itself; null when it does not say.</summary>
    public string? Title { get; init; }

    /// <summary>When it was last written, by its own word.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Whether it came to its end, so that what is not in it is not in the original either.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Its items in its order, those that cannot be read included.</summary>
    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>The sitemaps that a sitemap index names.</summary>
    public IReadOnlyList<SitemapReference> Sitemaps { get; init; } = [];
}

/// <summary>The formats that are told apart.</summary>
public enum FeedKind
{
    /// <summary>RSS 0.9x, 1.0 (RDF) or 2.0.</summary>
    Rss,

    /// <summary>Atom 0.3 or 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1 or 1.1.</summary>
    JsonFeed,

    /// <summary>A sitemap of recent news, with titles and dates: what it no longer has is old, not gone.</summary>
    NewsSitemap,

    /// <summary>A sitemap of all pages, with hardly more than their addresses.</summary>
    Sitemap,

    /// <summary>A list of sitemaps.</summary>
    SitemapIndex,
}

/// <summary>One item of a feed: an article as far as the feed tells it, or what is wrong with the item.</summary>
/// <param name="Place">Its address, or its number in the feed when it has none.</param>
/// <param name="Input">The article; without a title when the feed gives none.</param>
/// <param name="Error">What is wrong, or null.</param>
public readonly record struct FeedEntry(string Place, ArticleInput? Input, string? Error = null);

/// <summary>One sitemap of an index.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Modified">When it changed, as the index writes it; null when it does not.</param>
public readonly record struct SitemapReference(Uri Address, string? Modified);

/// <summary>The content is no feed. The message is one line for people.</summary>
public sealed class FeedFormatException(string message, Exception? inner = null) : Exception(message, inner);
