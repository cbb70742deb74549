using System.CommandLine;
using System.Globalization;
using Recommender.Cli;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;
using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Ranking.Models;
using Spectre.Console;

namespace Recommender.Benchmarks.Weights;

/// <summary>Fits the weights that are shipped, and shows what each feature is worth.</summary>
internal sealed class WeightsCommand : Command
{
    private const int Folds = 5;

    private readonly Option<string[]> articles = new("--articles") { Description = "Corpora: JSON Lines.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> qrels = new("--qrels") { Description = "Their judgements, in the same order.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<double[]> shares = new("--shares") { Description = "How much each corpus counts. Default: all the same.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> ablate = new("--ablate") { Description = "Also fit without each feature in turn." };
    private readonly Terminal terminal;

    public WeightsCommand(Terminal terminal)
        : base("weights", "Fits the shipped ranker's weights to judged corpora, each counting the same, and measures them by five-fold cross-validation.")
    {
        this.terminal = terminal;
        foreach (var option in (Option[])[articles, qrels, shares, ablate])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var files = arguments.GetRequiredValue(articles).Zip(arguments.GetRequiredValue(qrels)).ToList();
            var corpora = new List<IReadOnlyList<JudgedList>>();
            foreach (var (file, judged) in files)
            {
                corpora.Add(await JudgedCorpus.ReadAsync(file, await TrecFiles.QrelsAsync(judged, cancellation), cancellation));
                terminal.Note($"{Path.GetFileName(file)}: {corpora[^1].Count} lists");
            }

            Report([.. files.Select(file => Path.GetFileNameWithoutExtension(file.First))], corpora, arguments.GetValue(shares) is { Length: > 0 } given ? given : [.. files.Select(_ => 1.0)], arguments.GetValue(ablate));
            return ExitCode.Success;
        });
    }

    private void Report(string[] names, List<IReadOnlyList<JudgedList>> corpora, double[] counting, bool withAblation)
    {
        var weights = new Table().AddColumns("column", "weight", "shipped");
        var (fit, shipped) = (Weights(LogisticTrainer.Fit(corpora, counting)), Weights(ShippedModel.Instance));
        weights.AddRow("baseline", Number(fit.Baseline), Number(shipped.Baseline));
        foreach (var (place, column) in FeatureTable.Columns.Index())
        {
            weights.AddRow(column.Name, Number(fit.Columns[place]), Number(shipped.Columns[place]));
        }

        terminal.Write(weights);
        var table = new Table().AddColumns(["nDCG@5", .. names]);
        table.AddRow(["shipped", .. corpora.Select(lists => Number(lists.Average(list => list.NdcgOf(ShippedModel.Instance))))]);
        var full = CrossValidate(corpora, counting, []);
        table.AddRow(["fitted to all", .. full.Select(Number)]);
        for (var corpus = 0; corpus < corpora.Count && corpora.Count > 1; corpus++)
        {
            var stranger = LogisticTrainer.Fit(corpora.Where((_, other) => other != corpus));
            var figures = names.Select((_, place) => place == corpus ? Number(corpora[corpus].Average(list => list.NdcgOf(stranger))) : "");
            table.AddRow([$"fitted to all but {names[corpus]}", .. figures]);
        }

        table.AddRow(["boosted trees, each its own", .. corpora.Select(lists => Number(RankerValidation.Of(lists, ShippedModel.Instance).Learned))]);
        if (withAblation)
        {
            foreach (var family in FeatureTable.Columns.Select(column => column.Family).Distinct(StringComparer.Ordinal))
            {
                var less = CrossValidate(corpora, counting, [family]);
                table.AddRow([$"without {family}", .. less.Zip(full, (without, with) => (without - with).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture))]);
            }
        }

        terminal.Write(table);
    }

    private static double[] CrossValidate(List<IReadOnlyList<JudgedList>> corpora, double[] counting, string[] without)
    {
        var sums = new double[corpora.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = LogisticTrainer.Fit(corpora.Select(IReadOnlyList<JudgedList> (lists) => [.. lists.Where(list => RankerValidation.FoldOf(list.Page, Folds) != fold)]), counting, without);
            for (var corpus = 0; corpus < corpora.Count; corpus++)
            {
                sums[corpus] += corpora[corpus].Where(list => RankerValidation.FoldOf(list.Page, Folds) == fold).Sum(list => list.NdcgOf(model));
            }
        }

        return [.. sums.Zip(corpora, (sum, lists) => sum / lists.Count)];
    }

    private static (double Baseline, double[] Columns) Weights(RelevanceModel model)
    {
        var (ones, weights) = (Enumerable.Repeat(1f, FeatureTable.Columns.Count).ToArray(), new double[FeatureTable.Columns.Count]);
        model.Contribute(ones, weights);
        return (model.Baseline, weights);
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
