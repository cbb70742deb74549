using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommender.Articles;
using Recommender.Cli.Terminals;
using Spectre.Console;

namespace Recommender.Cli.Importing;

/// <summary>Tells people, and programs that ask for it, what became of each article and of all.</summary>
/// <param name="terminal">Where.</param>
/// <param name="withResults">Whether each article's result is a line of JSON on standard output, as soon as it is durable.</param>
/// <param name="isAside">Whether the summary goes to standard error, because standard output is for something else.</param>
internal sealed class ImportReport(Terminal terminal, bool withResults, bool isAside = false)
{
    private const int MostListed = 20;

    private static readonly ImportJson Json = new(new JsonSerializerOptions(ImportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly Lock gate = new();
    private readonly Stream results = withResults ? Console.OpenStandardOutput() : Stream.Null;
    private int bad;

    /// <summary>Whether results scroll over the screen that a bar would be on.</summary>
    public bool IsOnScreen => withResults && terminal.IsScreen;

    /// <summary>Tells of one article. When this returns, whoever reads standard output has it.</summary>
    public void Add(string place, string? id, PublishOutcome outcome, IReadOnlyList<FieldError> errors)
    {
        lock (gate)
        {
            if (withResults)
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(new ImportLine(place, id, Word(outcome), errors.Count == 0 ? null : errors), Json.ImportLine);
                results.Write([.. line, (byte)'\n']);
                results.Flush();
            }

            if (outcome is PublishOutcome.Invalid or PublishOutcome.Conflict && ++bad <= MostListed)
            {
                terminal.Note($"{place}: {string.Join(' ', errors.Select(error => $"{error.Field}: {error.Message}"))}", new Style(Color.Yellow));
            }
        }
    }

    /// <summary>Sums up.</summary>
    public void Complete(ImportTally tally)
    {
        if (bad > MostListed)
        {
            terminal.Note($"... and {bad - MostListed:N0} more that could not be taken.", new Style(Color.Yellow));
        }

        var table = new Table().HideHeaders().AddColumn("outcome").AddColumn(new TableColumn("articles").RightAligned());
        table.Border(terminal.IsScreen ? TableBorder.Rounded : TableBorder.None);
        foreach (var outcome in Enum.GetValues<PublishOutcome>())
        {
            table.AddRow(Word(outcome), tally[outcome].ToString("N0", CultureInfo.InvariantCulture));
        }

        var time = string.Create(CultureInfo.InvariantCulture, $"{tally.Done:N0} articles in {tally.Elapsed.TotalSeconds:N1} s, {tally.Rate:N0}/s");
        if (withResults || isAside)
        {
            terminal.WriteAside(table);
            terminal.Note(time);
        }
        else
        {
            terminal.Write(table);
            terminal.WriteLine(time);
        }
    }

    private static string Word(PublishOutcome outcome) => outcome.ToString().ToLowerInvariant();
}

/// <summary>What became of one article.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="Id">Its id; absent when none could be told.</param>
/// <param name="Outcome">As the summary names it.</param>
/// <param name="Errors">What is wrong; absent when nothing is.</param>
internal sealed record ImportLine(string Place, string? Id, string Outcome, IReadOnlyList<FieldError>? Errors);

/// <summary>JSON of results.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportLine))]
internal sealed partial class ImportJson : JsonSerializerContext;
