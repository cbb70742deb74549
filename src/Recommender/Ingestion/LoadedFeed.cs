using Recommender.Ingestion.Feeds;

namespace Recommender.Ingestion;

/// <summary>A feed with all its documents, as far as they could be read.</summary>
internal sealed class LoadedFeed
{
    /// <summary>Whether nothing in it can have changed.</summary>
    public bool NotModified { get; set; }

    /// <summary>Whether every article of the site would be in it: a sitemap, read to its end with all its parts.</summary>
    public bool IsComplete => HasSitemap && !IsPartial;

    /// <summary>Whether one of its documents is a plain sitemap.</summary>
    public bool HasSitemap { get; set; }

    /// <summary>Whether something of it is missing, or it is not of a kind that lists everything.</summary>
    public bool IsPartial { get; set; }

    /// <summary>Short hash of the feed's own document.</summary>
    public required string Root { get; init; }

    /// <summary>Its items and the documents that hold them.</summary>
    public List<LoadedEntry> Entries { get; } = [];

    /// <summary>Documents whose items are as they were.</summary>
    public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>What the documents answered, by address.</summary>
    public Dictionary<string, DocumentState> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be read.</summary>
    public List<string> Errors { get; } = [];
}

/// <summary>An item, and the short hash of the document that holds it.</summary>
internal readonly record struct LoadedEntry(FeedEntry Entry, string Source);
