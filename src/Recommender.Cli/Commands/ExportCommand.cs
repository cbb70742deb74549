using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Recommender.Articles;
using Recommender.Backups;
using Recommender.Cli.Files;
using Recommender.Cli.Importing;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Gives all that a site has out: a backup, or its articles alone.</summary>
internal sealed class ExportCommand : Command, IHasExamples
{
    private const int BlockSize = 256;
    private const int BufferSize = 64 * 1024;
    private const string Gzip = ".gz";

    private readonly Option<string?> file = new("--out", "-o")
    {
        Description = "The file to write, whole or not at all; packed by gzip when its name ends in .gz. Default: standard output.",
        HelpName = "FILE",
    };

    private readonly Option<bool> articles = new("--articles")
    {
        Description = "Write the articles alone, in the interchange format that index and the API take: one article a line, in order of their ids.",
    };

    private readonly Terminal terminal;

    public ExportCommand(Terminal terminal)
        : base("export", "Writes a backup of the site as JSON Lines: articles with their lists, overrides, audit and what was learned. import makes exactly the same site of it, in any store.")
    {
        this.terminal = terminal;
        Add(file);
        Add(articles);
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories export --out backup.jsonl.gz --config appsettings.json --site courier",
        "more-stories export --store sqlite:old.db | more-stories import - --store azure:mystorageaccount",
        "more-stories export --articles --out articles.jsonl",
    ];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var session = Session.OpenToRead(arguments);
        Func<Stream, Task<string>> write = arguments.GetValue(articles)
            ? output => WriteArticlesAsync(session, output, cancellation)
            : output => WriteBackupAsync(session, output, cancellation);
        if (arguments.GetValue(file) is { } path)
        {
            var written = "";
            await WholeFile.WriteAsync(path, async output => written = await PackAsync(path, output, write));
            terminal.Note($"{written} in {path}.");
        }
        else
        {
            await using var output = new BufferedStream(Console.OpenStandardOutput(), BufferSize);
            await write(output);
        }

        return ExitCode.Success;
    }

    private static async Task<string> PackAsync(string path, Stream output, Func<Stream, Task<string>> write)
    {
        if (!path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase))
        {
            return await write(output);
        }

        await using var packing = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        return await write(packing);
    }

    private async Task<string> WriteBackupAsync(Session session, Stream output, CancellationToken cancellation)
    {
        var progress = new LatestReport<BackupProgress>(default);
        BackupCounts counts = null!;
        await new Meter(terminal, session.Time, canDraw: !terminal.IsScreen || output is not BufferedStream).RunAsync(
            () => BackupText.Of("Backing up", null, progress.Value),
            async () => counts = await session.Get<SiteBackup>().WriteAsync(session.Site, output, progress, cancellation));
        return BackupText.Of(counts);
    }

    // Ids first, then the articles block by block in their order: the whole site need not fit into memory.
    private static async Task<string> WriteArticlesAsync(Session session, Stream output, CancellationToken cancellation)
    {
        var (site, publisher) = (session.Site, session.Publisher);
        var ids = await publisher.AllAsync(site, cancellation).Select(article => article.Id).ToListAsync(cancellation);
        var count = 0;
        foreach (var block in ids.Order(StringComparer.Ordinal).Chunk(BlockSize))
        {
            foreach (var article in await Task.WhenAll(block.Select(id => publisher.GetAsync(site, id, cancellation))))
            {
                if (article is not null)
                {
                    await ArticleLines.WriteAsync(output, article, cancellation);
                    count++;
                }
            }
        }

        await output.FlushAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} articles");
    }
}
