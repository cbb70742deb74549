namespace Recommender.Similarity;

/// <summary>Where an article is among a site's subjects.</summary>
/// <param name="Vector">The place; null when it has none.</param>
/// <param name="Embedded">Stamp of the text and the model that it was made of; null when it was made of the article's terms, or not at all.</param>
public readonly record struct LatentPlace(LatentVector? Vector, long? Embedded = null);
