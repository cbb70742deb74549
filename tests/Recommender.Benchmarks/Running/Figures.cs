using System.Globalization;
using System.Text.Json;
using Recommender.Cli.Terminals;
using Spectre.Console;

namespace Recommender.Benchmarks.Running;

/// <summary>What a benchmark measured, in the order in which it did; each is noted on the terminal at once, for some benchmarks take more than an hour.</summary>
internal sealed class Figures(Terminal terminal)
{
    private readonly List<(string Name, double Value, string Meaning)> measured = [];

    /// <summary>Adds a figure.</summary>
    /// <param name="name">Its name in JSON: a ratio's tells what is compared with what.</param>
    /// <param name="value">Its value.</param>
    /// <param name="meaning">What it is, with its unit.</param>
    public void Add(string name, double value, string meaning)
    {
        measured.Add((name, value, meaning));
        terminal.Note($"{name} {Text(value)}");
    }

    /// <summary>A figure that was measured.</summary>
    public double this[string name] => measured.Single(figure => figure.Name == name).Value;

    /// <summary>The figures that <see cref="SaveAsync"/> wrote.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> LoadAsync(string path, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(await File.ReadAllTextAsync(path, cancellation))!;

    /// <summary>Writes a table.</summary>
    public void Write()
    {
        var table = new Table().Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None).AddColumns(new TableColumn("figure"), new TableColumn("value").RightAligned(), new TableColumn("what it is"));
        foreach (var (name, value, meaning) in measured)
        {
            table.AddRow(Markup.Escape(name), Text(value), Markup.Escape(meaning));
        }

        terminal.Write(table);
    }

    /// <summary>Writes one JSON object, a number for each figure.</summary>
    public Task SaveAsync(string path, CancellationToken cancellation) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(new Dictionary<string, double>(measured.Select(figure => KeyValuePair.Create(figure.Name, figure.Value)))) + "\n", cancellation);

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 1_000 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.###", CultureInfo.InvariantCulture);
}
