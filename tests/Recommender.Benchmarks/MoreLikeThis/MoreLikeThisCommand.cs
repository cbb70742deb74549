using System.CommandLine;
using System.Diagnostics;
using Recommender.Cli;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;

namespace Recommender.Benchmarks.MoreLikeThis;

/// <summary>Measures Lucene.Net's MoreLikeThis on the files and with the measures of <c>more-stories evaluate</c>.</summary>
internal sealed class MoreLikeThisCommand : Command
{
    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines.", Required = true };
    private readonly Option<string> qrels = new("--qrels") { Description = "TREC judgements.", Required = true };
    private readonly Option<bool> asOf = new("--as-of") { Description = "Only articles published no later than the page." };
    private readonly Option<int[]> cutoffs = CutoffsOption.Create();
    private readonly Option<string?> run = new("--run") { Description = "Write the answers to this file, as a TREC run." };
    private readonly Option<bool> json = new("--json") { Description = "Write one JSON object." };

    public MoreLikeThisCommand(Terminal terminal)
        : base("mlt", "Judges Lucene.Net's MoreLikeThis: 50 terms, one occurrence, two articles, BM25.")
    {
        foreach (var option in (Option[])[articles, qrels, asOf, cutoffs, run, json])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var report = await EvaluateAsync(arguments, terminal, cancellation);
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

    private async Task<EvaluationReport> EvaluateAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var judged = await TrecFiles.QrelsAsync(arguments.GetRequiredValue(qrels), cancellation);
        var corpus = await Corpus.ReadAsync(arguments.GetRequiredValue(articles), terminal, cancellation);
        var counted = arguments.GetValue(asOf) ? judged.AsOf(id => corpus.GetValueOrDefault(id)?.Published) : judged;
        var depth = Math.Max(Measure.UsualCutoff, arguments.GetRequiredValue(cutoffs).Max());

        var started = Stopwatch.GetTimestamp();
        using var index = new MoreLikeThisIndex(corpus.Values);
        var indexing = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var answers = new TrecRun(counted.Queries.Where(corpus.ContainsKey).ToDictionary(
            query => query,
            query => index.Like(query, arguments.GetValue(asOf) ? corpus[query].Published : DateTimeOffset.MaxValue, depth),
            StringComparer.Ordinal));
        var answering = Stopwatch.GetElapsedTime(started);
        if (arguments.GetValue(run) is { } target)
        {
            await TrecFiles.WriteAsync(target, answers, "more-like-this");
        }

        return new EvaluationReport
        {
            Lists = RunEvaluation.Of(answers, counted, Measure.Usual(arguments.GetRequiredValue(cutoffs))),
            AsOf = arguments.GetValue(asOf),
            LeftOut = judged.Queries.Count - counted.Queries.Count,
            Missing = [.. counted.Queries.Where(query => !corpus.ContainsKey(query))],
            Articles = corpus.Count,
            Indexing = indexing,
            Answering = answering,
        };
    }
}
