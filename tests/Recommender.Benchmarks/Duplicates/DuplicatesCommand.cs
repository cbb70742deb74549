using System.CommandLine;
using Recommender.Articles;
using Recommender.Cli;
using Recommender.Cli.Terminals;
using Recommender.Duplicates;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>Measures how copies of articles are told from articles that are merely alike.</summary>
internal sealed class DuplicatesCommand : Command
{
    private const int BlurbWords = 30;
    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines.", Required = true };
    private readonly Option<string?> choose = new("--choose") { Description = "Use thresholds chosen on this file of articles instead of the shipped ones.", HelpName = "FILE" };
    private readonly Option<bool> blurbs = new("--blurbs") { Description = "Of every article only the headline and the first thirty words." };
    private readonly Option<int> show = new("--show") { Description = "Print so many of the similar pairs that are said to be copies, the least alike first.", HelpName = "N" };
    private readonly Option<string?> json = new("--json") { Description = "Also write the figures to this file, as one JSON object.", HelpName = "FILE" };

    public DuplicatesCommand(Terminal terminal)
        : base("duplicates", "Perturbs articles and tells how many of the copies are found, and how many pairs are wrongly said to be copies.")
    {
        foreach (var option in (Option[])[articles, choose, blurbs, show, json])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var rule = DuplicateRule.Shipped;
            if (arguments.GetValue(choose) is { } other)
            {
                rule = RuleChoice.On(await TestSetAsync(other, false, terminal, cancellation), await TestSetAsync(other, true, terminal, cancellation));
            }

            var report = new DuplicatesReport(await TestSetAsync(arguments.GetRequiredValue(articles), arguments.GetValue(blurbs), terminal, cancellation), rule);
            report.Write(terminal, arguments.GetValue(show));
            if (arguments.GetValue(json) is { } target)
            {
                await File.WriteAllTextAsync(target, report.ToJson(), cancellation);
            }

            return ExitCode.Success;
        });
    }

    private static async Task<DuplicateTestSet> TestSetAsync(string path, bool blurbs, Terminal terminal, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"There is no file '{path}'.");
        }

        var corpus = await Corpus.ReadAsync(path, terminal, cancellation);
        var texts = blurbs ? corpus.Values.Select(Blurb) : corpus.Values;
        return corpus.Count > 1 ? DuplicateTestSet.Of([.. texts]) : throw new CommandException($"{path}: there are no two articles to compare.");
    }

    private static Article Blurb(Article article) =>
        article with { Body = string.Join(' ', article.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(BlurbWords)) };
}
