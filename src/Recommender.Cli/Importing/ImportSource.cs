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

    /// <summary>Whatever the ingestion of the engine can read.</summary>
    public static ImportSource Of(SourceReader reader, Site site, string name) => name == StandardInput
        ? Lines(name)
        : new ImportSource(name, (progress, cancellation) => reader.ReadAsync(Allowing(site, name), name, progress, cancellation));

    /// <summary>A file of JSON Lines, or standard input.</summary>
    public static ImportSource Lines(string path) => new(path, (progress, cancellation) => ReadFileAsync(path, progress, cancellation));

    /// <summary>JSON Lines of a stream.</summary>
    /// <param name="name">What the stream is called.</param>
    /// <param name="stream">The lines.</param>
    /// <param name="file">The file that they come from, whose position tells how far the reading is; null: it cannot be told.</param>
    public static ImportSource Lines(string name, Stream stream, FileStream? file) =>
        new(name, (progress, cancellation) => ReadLinesAsync(name, stream, file, progress, cancellation));

    // A site without hosts takes any; its reader is to fetch from where the person pointed, and nowhere else.
    private static Site Allowing(Site site, string source) =>
        site.Hosts.Count == 0 && Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? site with { Hosts = [url.Host], Feeds = [.. site.Feeds, source] }
            : site;

    private static async IAsyncEnumerable<SourceItem> ReadFileAsync(string path, IProgress<SourceProgress> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = await ImportFile.OpenAsync(path, cancellation);
        if (file.IsBackup)
        {
            throw new SourceException($"'{path}' is a backup; 'more-stories import' takes those.");
        }

        await foreach (var item in file.Lines.Read(progress, cancellation))
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<SourceItem> ReadLinesAsync(
        string name, Stream stream, FileStream? file, IProgress<SourceProgress> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in ArticleLines.ReadAsync(stream, cancellation))
        {
            if (file is not null)
            {
                progress.Report(new SourceProgress(file.Position, file.Length));
            }

            yield return new SourceItem($"{name}:{line.Number}", line.Input, line.Error);
        }
    }
}
