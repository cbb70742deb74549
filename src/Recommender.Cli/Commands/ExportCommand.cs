using System.CommandLine;
using System.Globalization;
using Recommender.Articles;
using Recommender.Cli.Files;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Gives all articles of a site out.</summary>
internal sealed class ExportCommand : Command, IHasExamples
{
    private const int BlockSize = 256;
    private const int BufferSize = 64 * 1024;

    private readonly Option<string?> file = new("--out", "-o")
    {
        Description = "The file to write, whole or not at all. Default: standard output.",
        HelpName = "FILE",
    };

    private readonly Terminal terminal;

    public ExportCommand(Terminal terminal)
        : base("export", "Writes all articles of the site as JSON Lines, one article a line, in order of their ids.")
    {
        this.terminal = terminal;
        Add(file);
        SetAction(async (arguments, cancellation) =>
        {
            await using var session = Session.OpenToRead(arguments);
            if (arguments.GetValue(file) is { } path)
            {
                await WriteFileAsync(session, path, cancellation);
            }
            else
            {
                await using var output = new BufferedStream(Console.OpenStandardOutput(), BufferSize);
                await WriteAsync(session, output, cancellation);
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories export --out articles.jsonl", "more-stories export | gzip > articles.jsonl.gz"];

    private async Task WriteFileAsync(Session session, string path, CancellationToken cancellation)
    {
        var count = 0;
        await WholeFile.WriteAsync(path, async output => count = await WriteAsync(session, output, cancellation));
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{count:N0} articles in {path}."));
    }

    // Ids first, then the articles block by block in their order: the whole site need not fit into memory.
    private static async Task<int> WriteAsync(Session session, Stream output, CancellationToken cancellation)
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
        return count;
    }
}
