using Recommender.Articles;
using Recommender.Similarity;

namespace Recommender.Reindexing.Placing;

/// <summary>Places articles by their terms.</summary>
internal sealed class TermPlacing(Placement placement, string? error) : IPlacingRun
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public string? Error => error;

    /// <inheritdoc/>
    public Task PrepareAsync(IReadOnlyList<StoredArticle> block, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public LatentPlace PlaceOf(StoredArticle article) => new(article.Terms is { } terms ? placement.Of(terms) : null);
}
