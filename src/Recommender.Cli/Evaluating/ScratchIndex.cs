using System.CommandLine;
using Recommender.Cli.Commands;
using Recommender.Cli.Importing;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Similarity;
using Recommender.Tables;

namespace Recommender.Cli.Evaluating;

/// <summary>Articles of files, indexed as in production into a store that is deleted when this is disposed.</summary>
internal sealed class ScratchIndex : IAsyncDisposable
{
    private readonly DirectoryInfo folder;

    private ScratchIndex(DirectoryInfo folder, Session session, SimilarityIndex articles, TimeSpan took) =>
        (this.folder, Session, Articles, Took) = (folder, session, articles, took);

    /// <summary>The engine over the store.</summary>
    public Session Session { get; }

    /// <summary>All articles that could be indexed.</summary>
    public SimilarityIndex Articles { get; }

    /// <summary>How long indexing took.</summary>
    public TimeSpan Took { get; }

    /// <summary>Indexes files of JSON Lines, a later one's articles replacing an earlier one's, then reindexes, so that terms are chosen by what the whole corpus has.</summary>
    /// <exception cref="CommandException">A file cannot be read, or has no article.</exception>
    public static async Task<ScratchIndex> OpenAsync(ParseResult arguments, Terminal terminal, IReadOnlyList<string> files, CancellationToken stop)
    {
        foreach (var file in files.Where(file => file != ImportSource.StandardInput && !File.Exists(file)))
        {
            throw new CommandException($"There is no file '{file}'.");
        }

        var folder = Directory.CreateTempSubdirectory("more-stories-scratch-");
        Session? session = null;
        try
        {
            session = await Session.OpenToWriteAsync(arguments, terminal, stop, new StoreAddress(StoreAddress.Sqlite, Path.Combine(folder.FullName, "scratch.db")));
            var started = session.Time.GetTimestamp();
            var import = new Import(session, terminal, new ImportReport(terminal, withResults: false, isAside: true)) { IsForReindex = true };
            if (await import.RunAsync([.. files.Select(file => ImportSource.Lines(file))], isStrict: false, stop) != ExitCode.Success)
            {
                throw new CommandException($"{string.Join(", ", files)} could not be indexed.");
            }

            var count = (await ReindexProgress.RunAsync(session, terminal, isWhole: true, stop)).Articles;
            return count > 0
                ? new ScratchIndex(folder, session, await session.Get<SiteIndexes>().GetAsync(session.Site), session.Time.GetElapsedTime(started))
                : throw new CommandException($"{string.Join(", ", files)}: there is no article.");
        }
        catch
        {
            await DeleteAsync(folder, session);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DeleteAsync(folder, Session);

    private static async ValueTask DeleteAsync(DirectoryInfo folder, Session? session)
    {
        if (session is not null)
        {
            await session.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
