using System.CommandLine;
using Recommender.Benchmarks.MoreLikeThis;
using Recommender.Cli;
using Recommender.Cli.Terminals;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Measures how copies of articles are told from articles that are merely alike.</summary>
internal sealed class DuplicatesCommand : Command
{
    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines.", Required = true };
    private readonly Option<string?> choose = new("--choose") { Description = "Use thresholds chosen on this file of articles instead of the shipped ones.", HelpName = "FILE" };
    private readonly Option<int> show = new("--show") { Description = "Print so many of the similar pairs that are said to be copies, the least alike first.", HelpName = "N" };
    private readonly Option<string?> json = new("--json") { Description = "Also write the figures to this file, as one JSON object.", HelpName = "FILE" };

    public DuplicatesCommand(Terminal terminal)
        : base("duplicates", "Perturbs articles and tells how many of the copies are found, and how many pairs are wrongly said to be copies.")
    {
        foreach (var option in (Option[])[articles, choose, show, json])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var rule = DuplicateRule.Shipped;
            if (arguments.GetValue(choose) is { } other)
            {
                rule = RuleChoice.On(await TestSetAsync(other, terminal, cancellation));
            }

            var report = new DuplicatesReport(await TestSetAsync(arguments.GetRequiredValue(articles), terminal, cancellation), rule);
            report.Write(terminal, arguments.GetValue(show));
            if (arguments.GetValue(json) is { } target)
            {
                await File.WriteAllTextAsync(target, report.ToJson(), cancellation);
            }

            return ExitCode.Success;
        });
    }

    private static async Task<DuplicateTestSet> TestSetAsync(string path, Terminal terminal, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"There is no file '{path}'.");
        }

        var corpus = await Corpus.ReadAsync(path, terminal, cancellation);
        return corpus.Count > 1 ? DuplicateTestSet.Of([.. corpus.Values]) : throw new CommandException($"{path}: there are no two articles to compare.");
    }
}
