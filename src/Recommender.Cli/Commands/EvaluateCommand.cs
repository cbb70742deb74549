using System.CommandLine;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;

namespace Recommender.Cli.Commands;

/// <summary>Measures lists against what editors found related.</summary>
internal sealed class EvaluateCommand : Command, IHasExamples
{
    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines, as export writes them.", HelpName = "FILE", Required = true };

    private readonly Option<string> qrels = new("--qrels")
    {
        Description = "What belongs under which page: TREC judgements, a line 'page 0 article grade' each, pages and articles by id.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> trainQrels = new("--train-qrels")
    {
        Description = "Learn a ranker from these judgements first, as reindex learns one from links and pins. A page that is judged in both files is answered by a ranker that "
            + "was learned without it and a fifth of the others (five-fold cross-validation).",
        HelpName = "FILE",
    };

    private readonly Option<bool> asOf = new("--as-of") { Description = "Answer each page for its own date, from what was published by then. Default: for the date of the newest article." };

    private readonly Option<int[]> cutoffs = CutoffsOption.Create();

    private readonly Option<string?> run = new("--run") { Description = "Write the lists to this file, as a TREC run.", HelpName = "FILE" };

    private readonly Option<string[]> compare = new("--compare")
    {
        Description = "Judge TREC runs of other systems too, and say whether they differ by more than chance.",
        HelpName = "RUN",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> json = new("--json") { Description = "Write one JSON object." };

    private readonly Terminal terminal;

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Measures lists against what editors found related. Articles are indexed into a store that is deleted afterwards; --store plays no part.")
    {
        this.terminal = terminal;
        foreach (var option in (Option[])[articles, qrels, trainQrels, asOf, cutoffs, run, compare, json])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var report = await EvaluateAsync(arguments, cancellation);
            if (arguments.GetValue(json))
            {
                report.WriteJson(terminal);
            }
            else
            {
                report.Write(terminal);
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "more-stories evaluate --articles articles.jsonl --qrels links.qrels --as-of",
        "more-stories evaluate --articles articles.jsonl --qrels links.qrels --train-qrels links.qrels --as-of",
        "more-stories evaluate --articles articles.jsonl --qrels links.qrels --run lists.run --compare before.run",
    ];

    private async Task<EvaluationReport> EvaluateAsync(ParseResult arguments, CancellationToken cancellation)
    {
        // What a person got wrong shows before the long work.
        var judged = await TrecFiles.QrelsAsync(arguments.GetRequiredValue(qrels), cancellation);
        var taught = arguments.GetValue(trainQrels) is { } file ? await TrecFiles.QrelsAsync(file, cancellation) : null;
        var others = new List<(string Name, TrecRun Run)>();
        foreach (var path in arguments.GetRequiredValue(compare))
        {
            others.Add((Path.GetFileName(path), await TrecFiles.RunAsync(path, cancellation)));
        }

        var target = arguments.GetValue(run);
        if (target is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(target))))
        {
            throw new CommandException($"There is no folder for '{target}'.");
        }

        await using var scratch = await ScratchIndex.OpenAsync(arguments, terminal, [arguments.GetRequiredValue(articles)], cancellation);
        var replay = new Replay(scratch, terminal, judged, arguments.GetValue(asOf));
        var measures = Measure.Usual(arguments.GetRequiredValue(cutoffs));
        var training = taught is null ? null : await RankerTraining.PrepareAsync(scratch, taught, cancellation);
        var rounds = training?.Rounds(replay.Qrels) ?? ReplayRound.All(replay.Qrels);
        var (lists, took) = await replay.RunAsync(Math.Max(Measure.UsualCutoff, arguments.GetRequiredValue(cutoffs).Max()), rounds, cancellation);
        if (target is not null)
        {
            await TrecFiles.WriteAsync(target, lists, "more-stories");
        }

        return new EvaluationReport
        {
            Lists = RunEvaluation.Of(lists, replay.Qrels, measures),
            Others = [.. others.Select(other => (other.Name, RunEvaluation.Of(other.Run, replay.Qrels, measures)))],
            AsOf = arguments.GetValue(asOf),
            LearnedFrom = training?.Pages,
            CrossValidated = training?.Shared(replay.Qrels) ?? 0,
            LeftOut = judged.Queries.Count - replay.Qrels.Queries.Count,
            Missing = replay.Missing,
            Articles = scratch.Articles.Count,
            Indexing = scratch.Took,
            Answering = took,
        };
    }
}
