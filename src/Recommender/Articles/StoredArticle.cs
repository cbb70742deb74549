using Recommender.Similarity;
using Recommender.Text;

namespace Recommender.Articles;

/// <summary>An article as its row holds it: the content, its analysis, and what is still to be done for it.</summary>
public sealed record StoredArticle
{
    /// <summary>The article's id.</summary>
    public required string Id { get; init; }

    /// <summary>The content; null for a tombstone.</summary>
    public Article? Article { get; init; }

    /// <summary>Hash of the content, by which an unchanged article is known; empty for a tombstone.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The terms it is compared by; null for a tombstone and for an analysis in an earlier format.</summary>
    public PackedTerms? Terms { get; init; }

    /// <summary>Its place among the latent subjects of the site; null before the site's first reindex.</summary>
    public LatentVector? Latent { get; init; }

    /// <summary>Stamp of the text and the model whose embedding <see cref="Latent"/> was made of, by which it is not embedded again; null when it was made of terms.</summary>
    public long? Embedded { get; init; }

    /// <summary>When it was unpublished.</summary>
    public DateTimeOffset? Removed { get; init; }

    /// <summary>Whether timeline, page and index may not agree with this row yet.</summary>
    public bool Pending { get; init; }

    /// <summary>Places in the timeline that an earlier version held and that are to be cleared.</summary>
    public IReadOnlyList<TimelineKey> Stale { get; init; } = [];

    /// <summary>Version in the store.</summary>
    public string? ETag { get; init; }
}
