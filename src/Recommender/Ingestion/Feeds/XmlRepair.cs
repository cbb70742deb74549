using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Feeds;

/// <summary>Makes XML of what feeds send instead of it, so that a lenient parser finds what was meant.</summary>
internal static partial class XmlRepair
{
    private const string CdataStart = "<![CDATA[";
    private const string CdataEnd = "]]>";
    private const string CommentStart = "<!--";
    private const string CommentEnd = "-->";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>
    /// Drops what stands before the first tag, document types with their entities, and characters that XML forbids; reads HTML's named entities, escapes ampersands that begin
    /// none, and closes HTML's void elements. What is inside CDATA sections stays as it is.
    /// </summary>
    public static string Repair(string text)
    {
        var start = FirstTag().Match(text);
        if (!start.Success)
        {
            return "";
        }

        var repaired = new StringBuilder(text.Length + 64);
        for (var at = start.Index; at < text.Length;)
        {
            at = text[at] switch
            {
                '<' => Tag(text, at, repaired),
                '&' => Reference(text, at, repaired),
                _ => Plain(text, at, repaired),
            };
        }

        return repaired.ToString();
    }

    private static int Tag(string text, int at, StringBuilder repaired)
    {
        if (StartsWith(text, at, CdataStart))
        {
            return Copy(text, at, End(text, at, CdataEnd), repaired);
        }

        if (StartsWith(text, at, CommentStart))
        {
            return Skip(text, at, CommentEnd, repaired);
        }

        if (StartsWith(text, at, "<!"))
        {
            return DocumentType().Match(text, at) is { Success: true } doctype ? at + doctype.Length : Escape(at, repaired, "&lt;");
        }

        if (StartsWith(text, at, "<?"))
        {
            return Skip(text, at, "?>", repaired);
        }

        if (at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] is '/' or '_' or ':'))
        {
            if (VoidElement().Match(text, at) is { Success: true } element)
            {
                repaired.Append(CultureInfo.InvariantCulture, $"<{element.Groups["name"].Value}");
                Attributes(element.Groups["attributes"].Value, repaired);
                repaired.Append("/>");
                return at + element.Length;
            }

            repaired.Append('<');
            return at + 1;
        }

        return Escape(at, repaired, "&lt;");
    }

    private static void Attributes(string attributes, StringBuilder repaired)
    {
        for (var at = 0; at < attributes.Length;)
        {
            at = attributes[at] == '&' ? Reference(attributes, at, repaired) : Plain(attributes, at, repaired);
        }
    }

    private static int Reference(string text, int at, StringBuilder repaired)
    {
        var match = Entity().Match(text, at);
        if (!match.Success)
        {
            return Escape(at, repaired, "&amp;");
        }

        var end = at + match.Length;
        if (match.Groups["name"] is { Success: true } name)
        {
            if (name.Value is "amp" or "lt" or "gt" or "quot" or "apos")
            {
                repaired.Append(match.Value);
                return end;
            }

            var character = WebUtility.HtmlDecode(match.Value);
            if (character == match.Value)
            {
                return Escape(at, repaired, "&amp;");
            }

            repaired.Append(character);
            return end;
        }

        var isHexadecimal = match.Groups["hex"].Success;
        var digits = isHexadecimal ? match.Groups["hex"].ValueSpan : match.Groups["number"].ValueSpan;
        if (int.TryParse(digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code))
        {
            var meant = code is >= 0x80 and < 0xA0 ? Windows1252.GetString([(byte)code]) : char.ConvertFromUtf32(code);
            repaired.Append(meant switch
            {
                "&" => "&amp;",
                "<" => "&lt;",
                ">" => "&gt;",
                "\"" => "&quot;",
                "'" => "&apos;",
                _ when meant.Length == 1 && !IsAllowed(meant[0]) => "",
                _ => meant,
            });
        }

        return end;
    }

    private static int Plain(string text, int at, StringBuilder repaired)
    {
        if (char.IsSurrogate(text[at]))
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                repaired.Append(text, at, 2);
                return at + 2;
            }

            return at + 1;
        }

        if (IsAllowed(text[at]))
        {
            repaired.Append(text[at]);
        }

        return at + 1;
    }

    private static int Copy(string text, int from, int to, StringBuilder repaired)
    {
        for (var at = from; at < to;)
        {
            at = Plain(text, at, repaired);
        }

        return to;
    }

    private static int Escape(int at, StringBuilder repaired, string escaped)
    {
        repaired.Append(escaped);
        return at + 1;
    }

    // What is never ended was not begun: the feed behind it counts.
    private static int Skip(string text, int at, string end, StringBuilder repaired) =>
        text.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : Escape(at, repaired, "&lt;");

    private static int End(string text, int at, string end) => text.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : text.Length;

    private static bool StartsWith(string text, int at, string start) => string.CompareOrdinal(text, at, start, 0, start.Length) == 0;

    private static bool IsAllowed(char c) => c >= ' ' ? c is not ('\ufffe' or '\uffff' or (>= '\u007f' and < '\u00a0')) : c is '\t' or '\n' or '\r';

    // Quoted strings cannot hide the end of the declaration; an internal subset ends with its bracket.
    [GeneratedRegex(@"\G<!DOCTYPE[^\[<>]*(?:\[[^\]]*\]\s*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex DocumentType();

    [GeneratedRegex(@"\G<(?<name>br|hr|img|wbr|input)(?<attributes>\s[^<>]*?)?\s*/?>(?:</\k<name>>)?", RegexOptions.IgnoreCase)]
    private static partial Regex VoidElement();

    [GeneratedRegex(@"\G&(?:#[xX](?<hex>[0-9a-fA-F]{1,8})|#(?<number>[0-9]{1,10})|(?<name>[A-Za-z][A-Za-z0-9]{1,31}));")]
    private static partial Regex Entity();

    [GeneratedRegex(@"<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])", RegexOptions.IgnoreCase)]
    private static partial Regex FirstTag();
}
