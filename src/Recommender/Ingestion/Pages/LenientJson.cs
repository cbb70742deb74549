using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>Reads the JSON that pages carry, which templates and editors have often damaged.</summary>
internal static partial class LenientJson
{
    private const int MaxDepth = 100;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
        AllowMultipleValues = true,
    };

    /// <summary>
    /// The values in a text, one after the other. HTML comments and CDATA around them, entities instead of quotes, raw line breaks in strings, unknown escapes, quotes that should have been escaped,
    /// surplus and missing commas, and a missing end are tolerated. What cannot be understood yields nothing; never throws.
    /// </summary>
    public static IReadOnlyList<JsonElement> Parse(string text)
    {
        text = Unwrap(text);
        if (text.Length == 0)
        {
            return [];
        }

        return TryParse(text, out var values) || TryParse(Repair(text), out values) ? values : [];
    }

    private static bool TryParse(string text, out List<JsonElement> values)
    {
        values = [];
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
            while (reader.Read())
            {
                values.Add(JsonElement.ParseValue(ref reader));
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static string Unwrap(string text)
    {
        text = Wrapping().Replace(text, "").Trim().TrimEnd(';').Trim('\ufeff');
        return text.Contains("&quot;", StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
    }

    private static string Repair(string text)
    {
        var fixedText = new StringBuilder(text.Length + 16);
        var open = new Stack<char>();
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (inString)
            {
                if (c == '"' && !Closes(text, i))
                {
                    fixedText.Append("\\\"");
                }
                else if (c == '\\')
                {
                    i += AppendEscape(fixedText, text, i);
                }
                else
                {
                    inString = c != '"';
                    fixedText.Append(c < ' ' ? ' ' : c);
                }

                continue;
            }

            switch (c)
            {
                case '"':
                    inString = true;
                    break;
                case '{' or '[':
                    open.Push(c == '{' ? '}' : ']');
                    break;
                case '}' or ']' when !open.TryPop(out var expected) || expected != c:
                    return "";
                case ',' when NextSolid(text, i) is ',':
                    continue;
                case < ' ' or '\u00a0':
                    c = ' ';
                    break;
                default:
                    break;
            }

            fixedText.Append(c);
        }

        fixedText.Append(inString ? "\"" : "");
        while (open.TryPop(out var close))
        {
            fixedText.Append(close);
        }

        return fixedText.ToString();
    }

    /// <summary>Whether a quote ends its string: what follows must be what can follow a string.</summary>
    private static bool Closes(string text, int quote)
    {
        var at = quote + 1;
        while (at < text.Length && text[at] <= ' ')
        {
            at++;
        }

        if (at >= text.Length || text[at] is ':' or '}' or ']')
        {
            return true;
        }

        // "He said "no", then left": a comma ends a string only when a value or a name follows.
        return text[at] == ',' && NextSolid(text, at) is '"' or '{' or '[' or '}' or ']' or '-' or 't' or 'f' or 'n' or ',' or (>= '0' and <= '9') or '\0'
            && !IsProse(text, at);
    }

    private static bool IsProse(string text, int comma)
    {
        var at = comma + 1;
        while (at < text.Length && text[at] <= ' ')
        {
            at++;
        }

        return at < text.Length && char.IsAsciiLetter(text[at]) && !Literal().IsMatch(text[at..Math.Min(text.Length, at + 12)]);
    }

    private static char NextSolid(string text, int at)
    {
        do
        {
            at++;
        }
        while (at < text.Length && text[at] <= ' ');
        return at < text.Length ? text[at] : '\0';
    }

    /// <returns>Characters behind the backslash that were used.</returns>
    private static int AppendEscape(StringBuilder fixedText, string text, int backslash)
    {
        if (backslash + 1 >= text.Length)
        {
            return 0;
        }

        var c = text[backslash + 1];
        if (c is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'
            || (c == 'u' && backslash + 5 < text.Length && text[(backslash + 2)..(backslash + 6)].All(char.IsAsciiHexDigit)))
        {
            fixedText.Append('\\').Append(c);
        }
        else
        {
            fixedText.Append(c < ' ' ? ' ' : c);
        }

        return 1;
    }

    [GeneratedRegex(@"^\s*(?:(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*)+|\s*(?:(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|//\s*-->)\s*)+;?\s*$")]
    private static partial Regex Wrapping();

    [GeneratedRegex(@"^(?:true|false|null)\s*[,}\]]")]
    private static partial Regex Literal();
}
