using System.Buffers;

namespace Recommender.Text;

/// <summary>How a text writes a term, and what stands between its words.</summary>
internal static class SurfaceForm
{
    private const int LongestAbbreviation = 5;
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;:\n。！？…•|");
    private static readonly SearchValues<char> Separators = SearchValues.Create(".!?;:,\n()[]{}\"“”«»„—–。！？…、，•|/");

    /// <summary>The characters from <paramref name="start"/> to <paramref name="end"/> with single spaces, without a possessive ending.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text, int start, int end)
    {
        var form = text[start..end];
        if (form.EndsWith("'s", StringComparison.OrdinalIgnoreCase) || form.EndsWith("’s", StringComparison.OrdinalIgnoreCase))
        {
            form = form[..^2];
        }

        return form.ContainsAny('\n', '\t', '\u00a0') || form.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', form.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : form;
    }

    /// <summary>Whether a sentence ends in what stands between two words.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> between) => between.ContainsAny(SentenceEnds);

    /// <summary>Whether what stands between two words keeps them from being a pair.</summary>
    public static bool Separates(ReadOnlySpan<char> between) => between.ContainsAny(Separators);

    /// <summary>Whether it is written in capitals and too long for an abbreviation.</summary>
    public static bool IsShouted(ReadOnlySpan<char> form)
    {
        var hasCapitals = false;
        foreach (var c in form)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            hasCapitals |= char.IsUpper(c);
        }

        return hasCapitals && form.Length > LongestAbbreviation;
    }

    /// <summary>Whether every word of it begins with a capital, as names do.</summary>
    public static bool IsName(ReadOnlySpan<char> form)
    {
        var begins = true;
        foreach (var c in form)
        {
            if (begins && !char.IsUpper(c))
            {
                return false;
            }

            begins = c == ' ';
        }

        return form.Length > 0;
    }
}
