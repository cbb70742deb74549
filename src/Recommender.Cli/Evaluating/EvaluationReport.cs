using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
using Spectre.Console;

namespace Recommender.Cli.Evaluating;

/// <summary>What an evaluation came to, for people and for programs.</summary>
internal sealed record EvaluationReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The figures.</summary>
    public required RunEvaluation Lists { get; init; }

    /// <summary>Other runs' figures for the same queries, by name.</summary>
    public IReadOnlyList<(string Name, RunEvaluation Run)> Others { get; init; } = [];

    /// <summary>Whether each page was answered for its own date, from what was published by then.</summary>
    public required bool AsOf { get; init; }

    /// <summary>Judged pages from which a ranker was learned; null when the shipped one answered.</summary>
    public int? LearnedFrom { get; init; }

    /// <summary>Queries that are among these, and were answered by rankers learned without them.</summary>
    public int CrossValidated { get; init; }

    /// <summary>Queries left out, since nothing that was published by then is judged for them.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Queries whose page is not among the articles; they count as answered with nothing.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Articles that were indexed.</summary>
    public required int Articles { get; init; }

    /// <summary>Time that indexing took.</summary>
    public required TimeSpan Indexing { get; init; }

    /// <summary>Time that answering took.</summary>
    public required TimeSpan Answering { get; init; }

    /// <summary>Writes a table and what it is about.</summary>
    public void Write(Terminal terminal)
    {
        var table = new Table().Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None).AddColumns("measure", "mean", "95% interval");
        foreach (var name in Others.Select(other => other.Name))
        {
            table.AddColumns(Markup.Escape(Terminal.Clean(name)), "difference", "p");
        }

        foreach (var (place, figure) in Lists.Figures.Index())
        {
            table.AddRow([
                figure.Name, Number(figure.Mean), $"{Number(figure.Interval.Low)} to {Number(figure.Interval.High)}",
                .. Others.SelectMany(other => Compare(figure, other.Run.Figures[place])),
            ]);
        }

        terminal.Write(table);
        terminal.WriteLine(Invariant($"{Lists.Queries:N0} queries") + (AsOf ? Invariant($", each as of its page's date; {LeftOut:N0} left out, for which nothing older is judged") : ""));
        terminal.WriteLine(LearnedFrom is { } pages
            ? Invariant($"ranker learned from {pages:N0} judged pages") + (CrossValidated > 0 ? Invariant($"; {CrossValidated:N0} of the queries are among them and were cross-validated") : "")
            : "ranker as shipped");
        terminal.WriteLine(Invariant($"{Articles:N0} articles indexed in {Indexing.TotalSeconds:N1} s, {Lists.Queries:N0} lists in {Answering.TotalSeconds:N1} s"));
    }

    /// <summary>Writes one JSON object.</summary>
    public void WriteJson(Terminal terminal)
    {
        var report = new JsonObject { ["queries"] = Lists.Queries, ["asOf"] = AsOf };
        Add(report, Lists);
        report["learnedFrom"] = LearnedFrom;
        report["crossValidated"] = CrossValidated;
        report["leftOut"] = LeftOut;
        report["missing"] = new JsonArray([.. Missing.Select(id => JsonValue.Create(id))]);
        report["articles"] = Articles;
        report["seconds"] = new JsonObject { ["indexing"] = Math.Round(Indexing.TotalSeconds, 3), ["lists"] = Math.Round(Answering.TotalSeconds, 3) };
        if (Others.Count > 0)
        {
            report["compared"] = new JsonArray([.. Others.Select(Compared)]);
        }

        foreach (var line in report.ToJsonString(Json).Split('\n'))
        {
            terminal.WriteLine(line);
        }
    }

    private JsonObject Compared((string Name, RunEvaluation Run) other)
    {
        var compared = new JsonObject { ["run"] = other.Name };
        Add(compared, other.Run);
        compared["p"] = new JsonObject(Lists.Figures.Zip(other.Run.Figures).Select(pair =>
            KeyValuePair.Create(pair.First.Name, (JsonNode?)Math.Round(RandomizationTest.PValue(pair.First.PerQuery, pair.Second.PerQuery), 4))));
        return compared;
    }

    private static void Add(JsonObject to, RunEvaluation run)
    {
        foreach (var figure in run.Figures)
        {
            to[figure.Name] = Math.Round(figure.Mean, 6);
        }

        to["intervals"] = new JsonObject(run.Figures.Select(figure => KeyValuePair.Create(
            figure.Name, (JsonNode?)new JsonArray(Math.Round(figure.Interval.Low, 6), Math.Round(figure.Interval.High, 6)))));
    }

    private static string[] Compare(Figure figure, Figure other) =>
    [
        Number(other.Mean),
        (figure.Mean - other.Mean).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture),
        RandomizationTest.PValue(figure.PerQuery, other.PerQuery).ToString("0.0000", CultureInfo.InvariantCulture),
    ];

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
