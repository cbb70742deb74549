using System.CommandLine;
using Recommender.Cli.Importing;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Ingestion;

namespace Recommender.Cli.Commands;

/// <summary>Takes articles in from wherever they are.</summary>
internal sealed class IndexCommand : Command, IHasExamples
{
    private readonly Argument<string[]> sources = new("SOURCE")
    {
        Description = "The URL or file of a feed (RSS, Atom, JSON Feed), news sitemap or page; a file of JSON Lines; a folder of such files; - for JSON Lines from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> reindex = new("--reindex")
    {
        Description = "Leave lists and running stories to a reindex, which follows at once: for a whole archive, whose lists would else be made twice.",
    };

    public IndexCommand(Terminal terminal)
        : base("index", "Takes articles in: new ones are published, changed ones updated, the same again left alone. Can be stopped and run again at any time.")
    {
        Add(sources);
        Add(ImportOptions.Strict);
        Add(ImportOptions.Results);
        Add(reindex);
        SetAction(async (arguments, stop) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, stop);
            var reader = session.Get<SourceReader>();
            var named = arguments.GetRequiredValue(sources).Select(name => ImportSource.Of(reader, session.Site, name)).ToList();
            var report = new ImportReport(terminal, arguments.GetValue(ImportOptions.Results));
            var import = new Import(session, terminal, report) { IsForReindex = arguments.GetValue(reindex) };
            var exit = await import.RunAsync(named, arguments.GetValue(ImportOptions.Strict), stop);
            if (import.IsForReindex)
            {
                await ReindexProgress.ReportAsync(session, terminal, isWhole: false, isAside: arguments.GetValue(ImportOptions.Results), stop);
            }

            return exit;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories index https://news.example/feed.xml",
        "more-stories index articles.jsonl saved-pages/ --store sqlite:stories.db",
        "more-stories index archive/ --reindex --config appsettings.json --site courier",
        "more-stories index https://news.example/sitemap-news.xml --config appsettings.json --site courier",
    ];
}
