using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Recommender.Articles;
using Recommender.Ingestion;
using Recommender.Sites;

namespace Recommender.Cli.Importing;

/// <summary>Something that articles are read from.</summary>
/// <param name="Name">What the person called it.</param>
/// <param name="Read">Reads it from its start.</param>
internal sealed record ImportSource(string Name, Func<IProgress<SourceProgress>, CancellationToken, IAsyncEnumerable<SourceItem>> Read)
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>JSON Lines from standard input.</summary>
    public static ImportSource Input { get; } = new(StandardInput, (_, cancellation) => ReadInputAsync(cancellation));

    /// <summary>Whatever the ingestion of the engine can read.</summary>
    public static ImportSource Of(SourceReader reader, Site site, string name) => name == StandardInput
        ? Input
        : new ImportSource(name, (progress, cancellation) => reader.ReadAsync(Allowing(site, name), name, progress, cancellation));

    /// <summary>A file of JSON Lines.</summary>
    public static ImportSource Lines(string path) => path == StandardInput ? Input : new ImportSource(path, (progress, cancellation) => ReadFileAsync(path, progress, cancellation));

    // A site without hosts takes any; its reader is to fetch from where the person pointed, and nowhere else.
    private static Site Allowing(Site site, string source) =>
        site.Hosts.Count == 0 && Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? site with { Hosts = [url.Host], Feeds = [.. site.Feeds, source] }
            : site;

    private static async IAsyncEnumerable<SourceItem> ReadFileAsync(
        string path, IProgress<SourceProgress> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            throw new SourceException($"'{path}' is a folder; 'more-stories index' reads those.");
        }

        await using var file = Open(path);
        await foreach (var line in ArticleLines.ReadAsync(file, cancellation))
        {
            progress.Report(new SourceProgress(file.Position, file.Length));
            yield return Item(path, line);
        }
    }

    private static async IAsyncEnumerable<SourceItem> ReadInputAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // A read of standard input cannot be cancelled, one of a pipe behind it can.
        var pipe = new Pipe();
        _ = PumpAsync(pipe.Writer);
        await foreach (var line in ArticleLines.ReadAsync(pipe.Reader.AsStream(), cancellation))
        {
            yield return Item("standard input", line);
        }
    }

    private static async Task PumpAsync(PipeWriter writer)
    {
        try
        {
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(writer);
            await writer.CompleteAsync();
        }
        catch (Exception broken)
        {
            await writer.CompleteAsync(broken);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"'{path}' cannot be read: {failure.Message}", failure);
        }
    }

    private static SourceItem Item(string name, ArticleLine line) => new($"{name}:{line.Number}", line.Input, line.Error);
}
