using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recommender.Cli.Terminals;
using Recommender.Evaluation;
using Recommender.Threads;
using Spectre.Console;

namespace Recommender.Cli.Evaluating;

/// <summary>The threads that were found and how well they meet the stories, for people and for programs.</summary>
internal sealed record ThreadReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Articles that were indexed.</summary>
    public required int Articles { get; init; }

    /// <summary>The threads, the largest first.</summary>
    public required IReadOnlyList<(StoryThread Thread, IReadOnlyList<ThreadMember> Members)> Threads { get; init; }

    /// <summary>How well they meet the stories; null when there are none to meet.</summary>
    public BCubed? Figures { get; init; }

    /// <summary>What the choice of a threshold came to; null when none was asked for.</summary>
    public ThreadTuning? Tuning { get; init; }

    /// <summary>Writes up to <paramref name="count"/> threads, and the figures.</summary>
    public void Write(Terminal terminal, int count)
    {
        var table = Table(terminal, "articles", "first", "last", "thread");
        foreach (var (thread, members) in Threads.Take(count))
        {
            table.AddRow(members.Count.ToString("N0", CultureInfo.InvariantCulture), Day(members[0]), Day(members[^1]), Markup.Escape(Terminal.Clean(thread.Name)));
        }

        terminal.Write(table);
        terminal.WriteLine(Invariant($"{Threads.Count:N0} threads with {Threads.Sum(thread => thread.Members.Count):N0} of {Articles:N0} articles"));
        if (Figures is { } figures)
        {
            terminal.WriteLine(Invariant($"B-cubed over {figures.Articles:N0} articles: precision {figures.Precision:0.0000}, recall {figures.Recall:0.0000}, F1 {figures.F1:0.0000}"));
        }

        if (Tuning is { } tuning)
        {
            var tried = Table(terminal, "threshold", "F1 on one half", "F1 on the other");
            foreach (var (threshold, one, other) in tuning.Tried)
            {
                tried.AddRow(Number(threshold), Number(one.F1), Number(other.F1));
            }

            terminal.Write(tried);
            foreach (var (threshold, chosenOn, other, name) in new[] { (tuning.OnOne.Threshold, tuning.OnOne.One.F1, tuning.OnOne.Other.F1, "one"), (tuning.OnOther.Threshold, tuning.OnOther.Other.F1, tuning.OnOther.One.F1, "other") })
            {
                terminal.WriteLine(Invariant($"chosen on {name} half of the stories: {threshold:0.00}, F1 {chosenOn:0.0000} there and {other:0.0000} on the stories that had no part in it"));
            }
        }
    }

    /// <summary>Writes one JSON object.</summary>
    public void WriteJson(Terminal terminal)
    {
        var report = new JsonObject { ["articles"] = Articles };
        if (Figures is { } figures)
        {
            report["bcubed"] = Of(figures);
        }

        if (Tuning is { } tuning)
        {
            report["tuning"] = new JsonObject
            {
                ["chosenOnOne"] = Of(tuning.OnOne),
                ["chosenOnOther"] = Of(tuning.OnOther),
                ["tried"] = new JsonArray([.. tuning.Tried.Select(Of)]),
            };
        }

        report["threads"] = new JsonArray([.. Threads.Select(entry => new JsonObject
        {
            ["id"] = entry.Thread.Id,
            ["name"] = entry.Thread.Name,
            ["articles"] = entry.Members.Count,
            ["first"] = Day(entry.Members[0]),
            ["last"] = Day(entry.Members[^1]),
            ["ids"] = new JsonArray([.. entry.Members.Select(member => JsonValue.Create(member.Id))]),
        })]);
        foreach (var line in report.ToJsonString(Json).Split('\n'))
        {
            terminal.WriteLine(line);
        }
    }

    private static JsonObject Of(TriedThreshold tried) =>
        new() { ["threshold"] = tried.Threshold, ["one"] = Of(tried.One), ["other"] = Of(tried.Other) };

    private static JsonObject Of(BCubed figures) => new()
    {
        ["articles"] = figures.Articles,
        ["precision"] = Math.Round(figures.Precision, 6),
        ["recall"] = Math.Round(figures.Recall, 6),
        ["f1"] = Math.Round(figures.F1, 6),
    };

    private static Table Table(Terminal terminal, params string[] columns) =>
        new Table().Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None).AddColumns(columns);

    private static string Day(ThreadMember member) => member.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
