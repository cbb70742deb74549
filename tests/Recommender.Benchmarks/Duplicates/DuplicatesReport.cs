using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recommender.Articles;
using Recommender.Cli.Terminals;
using Recommender.Duplicates;
using Spectre.Console;

namespace Recommender.Benchmarks.Duplicates;

/// <summary>The figures of a rule beside those of its peers, for people and for programs.</summary>
internal sealed class DuplicatesReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly DuplicateTestSet set;
    private readonly DuplicateRule rule;
    private readonly DuplicateFigures figures;
    private readonly IReadOnlyList<(string Name, DuplicateFigures Figures)> systems;

    public DuplicatesReport(DuplicateTestSet set, DuplicateRule rule)
    {
        (this.set, this.rule, figures) = (set, rule, DuplicateFigures.Of(set, rule));
        systems = [("fingerprint", figures), SimHashOf(set, figures), ("headlines", new DuplicateFigures(set, pair => pair.HasNearHeadlines))];
    }

    /// <summary>Writes tables, and the least alike of the pairs that are said to be copies.</summary>
    public void Write(Terminal terminal, int shown)
    {
        terminal.WriteLine(rule.ToString());
        foreach (var (name, system) in systems)
        {
            var table = new Table().Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None).AddColumns([name, .. DuplicateTestSet.Levels.Select(level => $"{level}%")]);
            foreach (var (row, which) in Rows)
            {
                table.AddRow([row, .. DuplicateTestSet.Levels.Select(level => Number(system.Recall(copy => copy.Percent == level && which(copy))))]);
            }

            terminal.Write(table);
            terminal.WriteLine(Invariant($"  said of {system.Flagged.Count} of {set.Similar.Count} most similar pairs, {system.Flagged.Count(pair => pair.Truth >= 1)} the same text, {system.False.Count} wrongly ({system.FalseRate:P2}); of {system.FalseDrawn} of {set.Random.Count:N0} pairs drawn by lot wrongly"));
        }

        foreach (var pair in figures.Flagged.OrderBy(pair => pair.Truth).Take(shown))
        {
            terminal.WriteLine(Invariant($"exact {pair.Truth:0.00}, estimate {pair.Estimate:0.00}  {pair.Left.Id} | {pair.Right.Id}"));
            terminal.WriteLine($"    {pair.Left.Title} | {pair.Right.Title}");
        }
    }

    /// <summary>One JSON object.</summary>
    public string ToJson()
    {
        var report = new JsonObject { ["rule"] = JsonSerializer.SerializeToNode(rule), ["similarPairs"] = set.Similar.Count, ["drawnPairs"] = set.Random.Count };
        foreach (var (name, system) in systems)
        {
            report[name] = new JsonObject
            {
                ["recall"] = new JsonObject(Rows.Select(row => KeyValuePair.Create(row.Name, (JsonNode?)new JsonObject(DuplicateTestSet.Levels.Select(level =>
                    KeyValuePair.Create(level.ToString(CultureInfo.InvariantCulture), (JsonNode?)system.Recall(copy => copy.Percent == level && row.Which(copy)))))))),
                ["flagged"] = system.Flagged.Count,
                ["sameText"] = system.Flagged.Count(pair => pair.Truth >= 1),
                ["false"] = system.False.Count,
                ["falseRate"] = Math.Round(system.FalseRate, 6),
                ["falseDrawn"] = system.FalseDrawn,
            };
        }

        return report.ToJsonString(Json) + "\n";
    }

    private static IReadOnlyList<(string Name, Func<(int Percent, Treatment Treatment, bool IsShort, Pair Pair), bool> Which)> Rows =>
    [
        ("all", _ => true),
        .. Enum.GetValues<Treatment>().Select(treatment => (treatment.ToString(), (Func<(int, Treatment Treatment, bool, Pair), bool>)(copy => copy.Treatment == treatment))),
        ("under 40 words", copy => copy.IsShort),
        ("40 words and more", copy => !copy.IsShort),
    ];

    // The peer at the greatest distance at which it is wrong no more often.
    private static (string, DuplicateFigures) SimHashOf(DuplicateTestSet set, DuplicateFigures figures)
    {
        var hashes = set.Copies.Select(copy => copy.Pair).Concat(set.Similar).Concat(set.Random).SelectMany(pair => new[] { pair.Left, pair.Right }).Distinct<Article>(ReferenceEqualityComparer.Instance)
            .AsParallel().Select(article => (article, SimHash.Of(article))).ToDictionary<(Article, ulong), Article, ulong>(pair => pair.Item1, pair => pair.Item2, ReferenceEqualityComparer.Instance);
        var most = Enumerable.Range(0, 33).Last(distance => distance == 0 || Judging(distance).FalseRate <= figures.FalseRate);
        return ($"64-bit SimHash, {most} bits", Judging(most));

        DuplicateFigures Judging(int distance) => new(set, pair => SimHash.Distance(hashes[pair.Left], hashes[pair.Right]) <= distance);
    }

    private static string Number(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
