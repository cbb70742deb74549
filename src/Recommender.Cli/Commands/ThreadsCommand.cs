using System.CommandLine;
using System.Globalization;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;

namespace Recommender.Cli.Commands;

/// <summary>Shows the running stories that are found in articles, and measures them.</summary>
internal sealed class ThreadsCommand : Command, IHasExamples
{
    private const int Shown = 20;

    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines, as export writes them.", HelpName = "FILE", Required = true };

    private readonly Option<string?> qrels = new("--qrels")
    {
        Description = "Which articles tell the same story: TREC judgements, a line 'article 0 article grade' each. What a grade above 0 connects is one story; articles that are not judged do not count.",
        HelpName = "FILE",
    };

    private readonly Option<bool> tune = new("--tune") { Description = "Choose the threshold on one half of the stories and measure it on the other. Wants --qrels." };

    private readonly Option<int?> count = CountOption.Of($"Threads to show, 1 to 10,000. Default: {Shown}. JSON always has all.", 10_000);

    private readonly Option<bool> json = new("--json") { Description = "Write one JSON object." };

    private readonly Terminal terminal;

    public ThreadsCommand(Terminal terminal)
        : base("threads", "Shows the running stories that are found in articles, the largest first. Articles are indexed into a store that is deleted afterwards; --store plays no part.")
    {
        this.terminal = terminal;
        foreach (var option in (Option[])[articles, qrels, tune, count, json])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var report = await FindAsync(arguments, cancellation);
            if (arguments.GetValue(json))
            {
                report.WriteJson(terminal);
            }
            else
            {
                report.Write(terminal, arguments.GetValue(count) ?? Shown);
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories threads --articles articles.jsonl",
        "more-stories threads --articles articles.jsonl --qrels stories.qrels --tune",
    ];

    private async Task<ThreadReport> FindAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var judged = arguments.GetValue(qrels) is { } path ? await TrecFiles.QrelsAsync(path, cancellation) : null;
        if (arguments.GetValue(tune) && judged is null)
        {
            throw CommandException.Usage("--tune wants --qrels: without stories there is nothing to choose a threshold by.");
        }

        await using var scratch = await ScratchIndex.OpenAsync(arguments, terminal, [arguments.GetRequiredValue(articles)], cancellation);
        var (index, stories) = (scratch.Articles, judged is null ? null : JudgedStories.Of(judged));
        return new ThreadReport
        {
            Articles = index.Count,
            Threads = index.Threads.All,
            Figures = stories is null ? null : BCubed.Of(id => index.Threads.ThreadOf(id)?.Id, stories),
            Tuning = arguments.GetValue(tune) ? await TuneAsync(scratch, stories!, cancellation) : null,
        };
    }

    private async Task<ThreadTuning> TuneAsync(ScratchIndex scratch, IReadOnlyDictionary<string, string> stories, CancellationToken cancellation)
    {
        var (done, total) = (new LatestReport<int>(0), scratch.Articles.Count);
        ThreadTuning? tuning = null;
        await new Meter(terminal, scratch.Session.Time).RunAsync(
            () => new Reading("Trying thresholds", (double)done.Value / Math.Max(1, total), string.Create(CultureInfo.InvariantCulture, $"{done.Value:N0} of {total:N0}")),
            () => Task.Run(() => tuning = ThreadTuning.Of(scratch.Articles, stories, done, cancellation), cancellation));
        return tuning!;
    }
}
