using Recommender.Similarity;
using Recommender.Tables;
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

    /// <summary>The row that <see cref="Article"/> was read from, whose content need not be packed again while it is the same.</summary>
    internal ReadRow From { get; init; } = ReadRow.None;

    /// <summary>A row and the article that was read from it. Equal to any other: what an article is does not depend on where it was read.</summary>
    /// <param name="row">The row; null for none.</param>
    /// <param name="article">The article.</param>
    internal sealed class ReadRow(TableRow? row, Article? article) : IEquatable<ReadRow>
    {
        public static ReadRow None { get; } = new(null, null);

        /// <summary>The row, when its content is this.</summary>
        public TableRow? Of(Article content) => ReferenceEquals(article, content) ? row : null;

        public bool Equals(ReadRow? other) => other is not null;

        public override bool Equals(object? obj) => obj is ReadRow;

        public override int GetHashCode() => 0;
    }
}
