using System.CommandLine;
using System.Globalization;
using Recommender.Cli.Sessions;
using Recommender.Cli.Terminals;
using Recommender.Reindexing;

namespace Recommender.Cli.Commands;

/// <summary>Makes all lists anew.</summary>
internal sealed class ReindexCommand : Command, IHasExamples
{
    // A run takes each article in hand twice: for its terms, then for its list.
    private const int StepsPerArticle = 2;

    public ReindexCommand(Terminal terminal)
        : base("reindex", "Chooses every article's terms by what the whole site has now, and writes every list anew. Readers keep the old lists until then.") =>
        SetAction(async (arguments, cancellation) =>
        {
            await using var session = await Session.OpenToWriteAsync(arguments, terminal, cancellation);
            var reindexer = session.Get<Reindexer>();
            var started = session.Time.GetTimestamp();
            var run = await reindexer.StartAsync(session.Site, cancellation);
            if (run.State == RunState.Running)
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Run {run.Id} was begun at {run.Started:u} and has not ended: it is done again from its start."));
            }

            var progress = new LatestReport<Run>(run);
            await new Meter(terminal, session.Time).RunAsync(
                () => Read(progress.Value), async () => run = await reindexer.ExecuteAsync(session.Site, run.Id, progress, cancellation));
            if (run.State != RunState.Succeeded)
            {
                throw new CommandException($"The reindex failed: {string.Join(' ', run.Errors)}");
            }

            var seconds = session.Time.GetElapsedTime(started).TotalSeconds;
            var articles = run.Total / StepsPerArticle;
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{articles:N0} articles reindexed in {seconds:N1} s, {articles / seconds:N0}/s"));
            return ExitCode.Success;
        });

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories reindex --config appsettings.json --site courier"];

    private static Reading Read(Run run) => new(
        run.Done < run.Total / StepsPerArticle ? "Choosing terms" : "Finding related stories",
        run.Total == 0 ? null : (double)run.Done / run.Total,
        string.Create(CultureInfo.InvariantCulture, $"{run.Total / StepsPerArticle:N0} articles, {run.Rate / StepsPerArticle:N0}/s"));
}
