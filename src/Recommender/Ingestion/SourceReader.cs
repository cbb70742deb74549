using Recommender.Articles;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>Reads articles from whatever a person names: the URL of a feed, news sitemap or page, a file of any of these or of JSON Lines (gzip too), or a folder of such files.</summary>
public sealed class SourceReader
{
    /// <summary>The articles of a source, each as soon as it is read; what cannot be read comes with its error and reading goes on.</summary>
    /// <param name="site">The site they belong to; a URL must be of its hosts or feeds.</param>
    /// <param name="source">URL, or path of a file or folder.</param>
    /// <param name="progress">Told how far the reading is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SourceException">The source as a whole cannot be read.</exception>
#pragma warning disable CA1822
    public async IAsyncEnumerable<SourceItem> ReadAsync(
        Site site, string source, IProgress<SourceProgress>? progress = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (!File.Exists(source))
        {
            throw new SourceException($"There is no file '{source}'.");
        }

        await using var file = File.OpenRead(source);
        await foreach (var line in ArticleLines.ReadAsync(file, cancellation))
        {
            progress?.Report(new SourceProgress(file.Position, file.Length));
            yield return new SourceItem($"{source}:{line.Number}", line.Input, line.Error);
        }
    }
}

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
