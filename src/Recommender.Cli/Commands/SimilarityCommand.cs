using System.CommandLine;
using System.Globalization;
using Recommender.Cli.Evaluating;
using Recommender.Cli.Terminals;

namespace Recommender.Cli.Commands;

/// <summary>Tells how similar pairs of articles are.</summary>
internal sealed class SimilarityCommand : Command, IHasExamples
{
    private readonly Option<string> articles = new("--articles") { Description = "The articles: JSON Lines, as export writes them.", HelpName = "FILE", Required = true };

    private readonly Option<string> pairs = new("--pairs") { Description = "The pairs: two ids a line with a tab between.", HelpName = "FILE", Required = true };

    private readonly Option<string?> background = new("--background")
    {
        Description = "More articles, which only tell how common a term is: JSON Lines. Without them a few articles say little about that.",
        HelpName = "FILE",
    };

    public SimilarityCommand(Terminal terminal)
        : base("similarity", "Writes the similarity of pairs of articles, 0 to 1: first id, second id and similarity, tabs between. Articles are indexed into a store that is deleted afterwards.")
    {
        foreach (var option in (Option[])[articles, pairs, background])
        {
            Add(option);
        }

        SetAction(async (arguments, cancellation) =>
        {
            var path = arguments.GetRequiredValue(pairs);
            var lines = await PairsAsync(path, cancellation);
            string[] files = arguments.GetValue(background) is { } more ? [more, arguments.GetRequiredValue(articles)] : [arguments.GetRequiredValue(articles)];
            await using var scratch = await ScratchIndex.OpenAsync(arguments, terminal, files, cancellation);
            foreach (var (number, one, other) in lines)
            {
                var unknown = scratch.Articles.Find(one) is null ? one : scratch.Articles.Find(other) is null ? other : null;
                if (unknown is not null)
                {
                    throw new CommandException($"{path}: Line {number}: there is no article '{unknown}'.");
                }
            }

            foreach (var (_, one, other) in lines)
            {
                // Written past the terminal, to which a tab is a control character.
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{Terminal.Clean(one)}\t{Terminal.Clean(other)}\t{scratch.Articles.Similarity(one, other):0.000000}"));
            }

            return ExitCode.Success;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["more-stories similarity --articles pairs.jsonl --pairs pairs.tsv --background articles.jsonl"];

    private static async Task<IReadOnlyList<(int Number, string One, string Other)>> PairsAsync(string path, CancellationToken cancellation)
    {
        var pairs = new List<(int, string, string)>();
        foreach (var (index, line) in (await File.ReadAllLinesAsync(path, cancellation)).Index().Where(entry => !string.IsNullOrWhiteSpace(entry.Item)))
        {
            var ids = line.Split('\t');
            pairs.Add(ids is [{ Length: > 0 } one, { Length: > 0 } other]
                ? (index + 1, one, other)
                : throw new CommandException($"{path}: Line {index + 1}: two ids with a tab between belong there."));
        }

        return pairs;
    }
}
