namespace Recommender.Functions.Desk.Audit;

/// <summary>Comma-separated values (RFC 4180) that a spreadsheet shows and does not compute.</summary>
internal static class Csv
{
    // What a spreadsheet takes for the beginning of a formula, also after it trimmed a tab or line break (OWASP, CSV injection).
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    /// <summary>A line with its end.</summary>
    public static string Line(params ReadOnlySpan<string> fields)
    {
        var cells = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            cells[i] = Cell(fields[i]);
        }

        return string.Join(',', cells) + "\r\n";
    }

    /// <summary>A field in quotes; one that could be a formula begins with an apostrophe.</summary>
    public static string Cell(string text)
    {
        var isFormula = text.TrimStart(' ') is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal);
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
