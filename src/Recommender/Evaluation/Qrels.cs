using System.Globalization;

namespace Recommender.Evaluation;

/// <summary>
/// Relevance judgements: for each query (id of a page) which documents (ids of articles) belong under it, and how much. Read from TREC's format, a line
/// <c>query iteration document grade</c> each (https://trec.nist.gov/data/qrels_eng/); the second field has no meaning.
/// </summary>
public sealed class Qrels
{
    private static readonly string[] Fields = ["query", "0", "document", "grade"];
    private static readonly Dictionary<string, int> None = [];

    private readonly Dictionary<string, Dictionary<string, int>> grades;

    private Qrels(Dictionary<string, Dictionary<string, int>> grades)
    {
        this.grades = grades;
        Queries = [.. grades.Where(query => query.Value.Values.Any(grade => grade > 0)).Select(query => query.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>Queries with a document above grade 0, in ordinal order; for others every ranking is as good as any.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>The judged documents of a query and their grades; none for a query that nobody judged.</summary>
    public IReadOnlyDictionary<string, int> Of(string query) => grades.GetValueOrDefault(query, None);

    /// <summary>Reads judgements. Blank lines are skipped.</summary>
    /// <exception cref="TrecFormatException">A line is no judgement, or judges what an earlier one did.</exception>
    public static async Task<Qrels> ReadAsync(TextReader reader, CancellationToken cancellation = default)
    {
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        await foreach (var (number, fields) in TrecLines.ReadAsync(reader, Fields, cancellation))
        {
            if (!int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade))
            {
                throw new TrecFormatException(number, $"'{fields[3]}' is no grade: a whole number belongs there.");
            }

            if (!grades.TryGetValue(fields[0], out var documents))
            {
                grades[fields[0]] = documents = new Dictionary<string, int>(StringComparer.Ordinal);
            }

            if (!documents.TryAdd(fields[2], grade))
            {
                throw new TrecFormatException(number, $"'{fields[2]}' is judged for '{fields[0]}' a second time.");
            }
        }

        return new Qrels(grades);
    }

    /// <summary>
    /// The judgements that stand at the time of each page: documents published after their query are left out. One whose date is not known stays, so that
    /// an article that was lost on the way counts as one that was not found.
    /// </summary>
    /// <param name="published">When an article was published; null when it is not known.</param>
    public Qrels AsOf(Func<string, DateTimeOffset?> published) => new(grades.ToDictionary(
        query => query.Key,
        query => query.Value.Where(document => !(published(document.Key) > published(query.Key))).ToDictionary(StringComparer.Ordinal),
        StringComparer.Ordinal));
}
