namespace Recommender.Similarity;

/// <summary>What an article is to be multiplied by.</summary>
/// <param name="Rare">Products with earlier articles that have a term which few of the index have, by their numbers.</param>
/// <param name="Common">The terms that more have.</param>
internal sealed record EarlierPage(List<(int Number, float Product)> Rare, List<CommonTerm> Common);

/// <summary>A term of an article that more than a few have.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="Row">Its number among those that several articles have.</param>
/// <param name="Level">The level of its weight in the article.</param>
/// <param name="Weight">What the weights that it has in others are to be multiplied by.</param>
internal readonly record struct CommonTerm(int Number, int Row, int Level, float Weight);
