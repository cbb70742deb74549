using System.Globalization;

namespace Recommender.Evaluation;

/// <summary>
/// What a system answered: for each query its documents, best first. Kept in TREC's format, a line <c>query Q0 document rank score tag</c> each
/// (https://github.com/usnistgov/trec_eval), in which the score decides the order and the rank only between equal scores.
/// </summary>
/// <param name="Rankings">Documents by query.</param>
public sealed record TrecRun(IReadOnlyDictionary<string, IReadOnlyList<string>> Rankings)
{
    private static readonly string[] Fields = ["query", "Q0", "document", "rank", "score", "tag"];

    /// <summary>The documents of a query; none for one that was not answered.</summary>
    public IReadOnlyList<string> Of(string query) => Rankings.GetValueOrDefault(query, []);

    /// <summary>Runs over different queries as one.</summary>
    /// <exception cref="ArgumentException">Two answer the same query.</exception>
    public static TrecRun Join(IEnumerable<TrecRun> runs) => new(runs.SelectMany(run => run.Rankings).ToDictionary(StringComparer.Ordinal));

    /// <summary>Reads a run. Blank lines are skipped, and lines may come in any order.</summary>
    /// <exception cref="TrecFormatException">A line is no answer, or gives a document that an earlier one gave.</exception>
    public static async Task<TrecRun> ReadAsync(TextReader reader, CancellationToken cancellation = default)
    {
        var answers = new Dictionary<string, Dictionary<string, (double Score, int Rank)>>(StringComparer.Ordinal);
        await foreach (var (number, fields) in TrecLines.ReadAsync(reader, Fields, cancellation))
        {
            if (!int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var rank))
            {
                throw new TrecFormatException(number, $"'{fields[3]}' is no rank: a whole number belongs there.");
            }

            if (!double.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || double.IsNaN(score))
            {
                throw new TrecFormatException(number, $"'{fields[4]}' is no score: a number belongs there.");
            }

            if (!answers.TryGetValue(fields[0], out var documents))
            {
                answers[fields[0]] = documents = new Dictionary<string, (double, int)>(StringComparer.Ordinal);
            }

            if (!documents.TryAdd(fields[2], (score, rank)))
            {
                throw new TrecFormatException(number, $"'{fields[2]}' is given for '{fields[0]}' a second time.");
            }
        }

        return new TrecRun(answers.ToDictionary(
            answer => answer.Key,
            IReadOnlyList<string> (answer) => [.. answer.Value.OrderByDescending(document => document.Value.Score).ThenBy(document => document.Value.Rank).Select(document => document.Key)],
            StringComparer.Ordinal));
    }

    /// <summary>Writes the run, queries in ordinal order. The score is 1/rank, because a list's order is more than its items' scores and every tool sorts by that field.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="tag">Name of the system, without white space.</param>
    /// <exception cref="ArgumentException">A name has white space, which the format cannot hold.</exception>
    public async Task WriteAsync(TextWriter writer, string tag)
    {
        foreach (var name in Rankings.SelectMany(ranking => ranking.Value.Append(ranking.Key)).Append(tag))
        {
            if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            {
                throw new ArgumentException($"'{name}' cannot stand in a run file: names there have no white space.", nameof(tag));
            }
        }

        foreach (var (query, documents) in Rankings.OrderBy(ranking => ranking.Key, StringComparer.Ordinal))
        {
            foreach (var (place, document) in documents.Index())
            {
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{query} Q0 {document} {place + 1} {1.0 / (place + 1):R} {tag}\n"));
            }
        }
    }
}
