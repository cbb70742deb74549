using Recommender.Articles;

namespace Recommender.Ingestion;

/// <summary>One thing found in a source: an article, or what is wrong with it.</summary>
/// <param name="Place">Where it was found, for people: <c>articles.jsonl:12</c>, <c>page.html</c>, a URL.</param>
/// <param name="Input">The article, or null.</param>
/// <param name="Error">What is wrong, or null.</param>
public readonly record struct SourceItem(string Place, ArticleInput? Input, string? Error);

/// <summary>How far a source has been read.</summary>
/// <param name="Done">Bytes, files or items done.</param>
/// <param name="Total">How many of them there are; null when not known.</param>
public readonly record struct SourceProgress(long Done, long? Total);

/// <summary>A source cannot be read: it is not there, not allowed, or nothing that holds articles. The message is one line for people.</summary>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner);
