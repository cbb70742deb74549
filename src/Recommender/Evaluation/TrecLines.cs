using System.Runtime.CompilerServices;

namespace Recommender.Evaluation;

/// <summary>Lines of fields between white space, as all TREC formats have them.</summary>
internal static class TrecLines
{
    /// <summary>The fields of each line that is not blank.</summary>
    /// <exception cref="TrecFormatException">A line has not the fields that <paramref name="names"/> lists.</exception>
    public static async IAsyncEnumerable<(int Number, string[] Fields)> ReadAsync(
        TextReader reader, string[] names, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == names.Length)
            {
                yield return (number, fields);
            }
            else if (fields.Length > 0)
            {
                throw new TrecFormatException(number, $"{fields.Length} fields stand where {names.Length} belong: {string.Join(' ', names)}.");
            }
        }
    }
}
