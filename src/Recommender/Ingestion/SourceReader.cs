using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Recommender.Articles;
using Recommender.Ingestion.Feeds;
using Recommender.Ingestion.Fetching;
using Recommender.Ingestion.Sources;
using Recommender.Sites;

namespace Recommender.Ingestion;

/// <summary>
/// Reads articles from whatever a person names: the URL of a feed, news sitemap or page, a file of any of these or of JSON Lines (gzip too), a folder of such files, or
/// <c>-</c> for JSON Lines from standard input. What a source is, is told by its content.
/// </summary>
public sealed class SourceReader
{
    /// <summary>The source that stands for standard input.</summary>
    public const string StandardInput = "-";

    private readonly WebFetcher fetcher;
    private readonly FeedArticles articles;
    private readonly SourceStream streams;

    /// <summary>Creates the only one of a process.</summary>
    public SourceReader(WebFetcher fetcher, Publisher publisher, IOptions<IngestionOptions> options)
    {
        this.fetcher = fetcher;
        articles = new FeedArticles(fetcher, publisher, options.Value);
        streams = new SourceStream(articles, options.Value);
    }

    /// <summary>The articles of a source, each as soon as it is read; what cannot be read comes with its error and reading goes on.</summary>
    /// <param name="site">The site they belong to; a URL must be of its hosts or feeds.</param>
    /// <param name="source">URL, path of a file or folder, or <c>-</c>.</param>
    /// <param name="progress">Told how far the reading is: bytes of a file, files of a folder, items of a feed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SourceException">The source as a whole cannot be read.</exception>
    public IAsyncEnumerable<SourceItem> ReadAsync(Site site, string source, IProgress<SourceProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (source == StandardInput)
        {
            return ReadInputAsync(site, progress, cancellation);
        }

        if (source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return ReadUrlAsync(site, source, progress, cancellation);
        }

        return Directory.Exists(source) ? ReadFolderAsync(site, source, progress, cancellation) : ReadFileAsync(site, source, Path.GetFileName(source), progress, cancellation);
    }

    private async IAsyncEnumerable<SourceItem> ReadInputAsync(Site site, IProgress<SourceProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var input = new CountingStream(Console.OpenStandardInput());
        var items = streams.ReadAsync(site, input, "standard input", isLines: true, () => progress?.Report(new SourceProgress(input.Count, null)), cancellation);
        await foreach (var item in SourceFailures.Explain(items, "standard input", cancellation))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<SourceItem> ReadFileAsync(
        Site site, string path, string place, IProgress<SourceProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new SourceException($"'{path}' is neither a file, a folder nor an http or https URL.");
        }

        await using var file = Open(path);
        var length = file.Length;
        await using var input = new CountingStream(file);
        var items = streams.ReadAsync(site, input, place, SourceFolder.IsLines(path), () => progress?.Report(new SourceProgress(input.Count, length)), cancellation);
        await foreach (var item in SourceFailures.Explain(items, place, cancellation))
        {
            yield return item;
        }

        progress?.Report(new SourceProgress(length, length));
    }

    private async IAsyncEnumerable<SourceItem> ReadFolderAsync(
        Site site, string folder, IProgress<SourceProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = SourceFolder.Files(folder);
        if (files.Count == 0)
        {
            throw new SourceException($"'{folder}' holds no file of articles: {SourceFolder.Extensions}.");
        }

        for (var i = 0; i < files.Count; i++)
        {
            progress?.Report(new SourceProgress(i, files.Count));
            var place = Path.GetRelativePath(folder, files[i]);
            await foreach (var item in SourceFailures.Contain(ReadFileAsync(site, files[i], place, null, cancellation), place, cancellation))
            {
                yield return item;
            }
        }

        progress?.Report(new SourceProgress(files.Count, files.Count));
    }

    private async IAsyncEnumerable<SourceItem> ReadUrlAsync(
        Site site, string source, IProgress<SourceProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var fetched = await FetchAsync(site, source, cancellation);
        var text = TextDecoding.Decode(fetched.Content.Span, fetched.Charset);
        var items = ContentSniffer.Sniff(text) switch
        {
            SniffedKind.Html => PageAsync(site, fetched, source),
            SniffedKind.XmlFeed or SniffedKind.JsonFeed => articles.ReadAsync(site, FeedReader.Read(site, text, fetched.Address), isOnline: true, progress, cancellation),
            _ => streams.ReadAsync(site, new MemoryStream(fetched.Content.ToArray()), source, isLines: false, () => { }, cancellation),
        };
        await foreach (var item in SourceFailures.Explain(items, source, cancellation))
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<SourceItem> PageAsync(Site site, FetchedContent fetched, string source)
    {
        var page = await Task.FromResult(PageSource.Read(site, fetched));
        yield return page.Input is { } input ? new SourceItem(source, input, null) : new SourceItem(source, null, "The page holds no article.");
    }

    private async Task<FetchedContent> FetchAsync(Site site, string source, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address))
        {
            throw new SourceException($"'{source}' is no URL.");
        }

        try
        {
            var fetched = await fetcher.FetchFeedAsync(site, address, default, cancellation);
            return fetched.Status == FetchStatus.Found ? fetched : throw new SourceException($"{source} is not there (404 or 410).");
        }
        catch (FetchException failure)
        {
            throw new SourceException(failure.Message, failure);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"'{path}' cannot be opened: {failure.Message}", failure);
        }
    }
}
