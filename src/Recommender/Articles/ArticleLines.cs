namespace Recommender.Articles;

/// <summary>The interchange format: JSON Lines, one <see cref="ArticleInput"/> a line, UTF-8.</summary>
public static class ArticleLines
{
    /// <summary>Reads a stream line by line; blank lines are skipped, a line that is not an article comes back with its error and reading goes on.</summary>
    public static IAsyncEnumerable<ArticleLine> ReadAsync(Stream stream, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Writes one article as a line, line feed included.</summary>
    public static Task WriteAsync(Stream stream, Article article, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>One line: the input, or what is wrong with it.</summary>
/// <param name="Number">From 1, blank lines counted.</param>
/// <param name="Input">The article, or null.</param>
/// <param name="Error">What is wrong, or null.</param>
public readonly record struct ArticleLine(int Number, ArticleInput? Input, string? Error);
