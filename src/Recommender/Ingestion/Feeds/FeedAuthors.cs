using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>Reads names of authors out of what feeds write about them.</summary>
internal static partial class FeedAuthors
{
    /// <summary>Names, each once: of "mail (Name)" and "Name &lt;mail&gt;" only the name, of a bare address nothing.</summary>
    public static IReadOnlyList<string>? Of(IEnumerable<string?> texts)
    {
        var names = texts.Select(Name).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Count == 0 ? null : names;
    }

    private static string Name(string? text)
    {
        var line = PlainText.Line(Bracketed().Replace(text ?? "", " "));
        line = MailAndName().Match(line) is { Success: true } match ? match.Groups["name"].Value.Trim() : line;
        line = By().Replace(Mail().Replace(line, " "), "").Trim(' ', ',', '(', ')', '"');
        return line.Length is > 0 and <= 120 && !line.Contains("://", StringComparison.Ordinal) ? line : "";
    }

    [GeneratedRegex(@"<\s*[^<>\s]+@[^<>\s]+\s*>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\S+@\S+\s+\((?<name>[^)]+)\)$")]
    private static partial Regex MailAndName();

    [GeneratedRegex(@"\S+@\S+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^By\s+(?=\p{Lu})")]
    private static partial Regex By();
}
