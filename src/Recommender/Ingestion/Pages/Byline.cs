using System.Globalization;
using System.Text.RegularExpressions;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>Takes the names out of a byline.</summary>
internal static partial class Byline
{
    private const int MaxName = 80;
    private const int MaxWords = 7;

    private static readonly HashSet<string> Nobody = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "webmaster", "user", "guest", "unknown", "anonymous", "n/a", "null", "undefined", "author", "authors", "editor", "root", "share", "print", "email", "follow", "by",
    };

    /// <summary>
    /// Names in a byline: <c>By JANE DOE, Political Editor, and John Roe | October 18, 2021</c> has Jane Doe and John Roe. What introduces them, dates, roles, handles, e-mail addresses and URLs are left out.
    /// </summary>
    public static IReadOnlyList<string> Names(string? text)
    {
        text = Noise().Replace(PlainText.Line(text ?? ""), " ");
        text = Introduction().Replace(Spaces().Replace(text, " ").Trim(), "");
        return [.. Heads(text).SelectMany(Split).Select(Clean).Where(IsName).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether a text introduces names, as "By" does.</summary>
    public static bool IsIntroduced(string text) => Introduction().IsMatch(text.TrimStart());

    private static IEnumerable<string> Heads(string text) => Divisions().Split(text).Select(part => part.Trim()).TakeWhile((part, index) => index == 0 || !IsAside(part)).Where(part => !IsAside(part));

    private static IEnumerable<string> Split(string text)
    {
        foreach (var group in Conjunctions().Split(Suffixes().Replace(text, " $1")))
        {
            foreach (var name in group.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => !IsAside(part)))
            {
                yield return name;
            }
        }
    }

    private static string Clean(string name)
    {
        name = Introduction().Replace(name.Trim(' ', '.', ':', '-', '–', '—', '*', '/', '"', '“', '”', ';'), "").Trim();
        return name.Length > 4 && name.Contains(' ', StringComparison.Ordinal) && name.Any(char.IsUpper) && !name.Any(char.IsLower)
            ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.ToLowerInvariant())
            : name;
    }

    private static bool IsName(string name) => name.Length is > 1 and <= MaxName && !name.Any(char.IsDigit) && name.Any(char.IsLetter)
        && name.Count(c => c == ' ') < MaxWords && !Nobody.Contains(name) && !Sentence().IsMatch(name);

    // A role, a place of work, or a date.
    private static bool IsAside(string part) => part.Any(char.IsDigit) || Role().IsMatch(part);

    [GeneratedRegex(@"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)@\w+|\([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Noise();

    [GeneratedRegex(@"^(?:(?:(?:written|reported|posted|published|story|words|text|analysis|opinion|photographs|compiled)\s+(?:and\s+\w+\s+)?)?by|(?:ein\s+)?(?:text|bericht|kommentar|interview|analyse)\s+von|von|par|por|texto:?|texte:?|di|door|af|av|tekst:?|text:|autor(?:es|a)?:|auteurs?:|authors?:|автор:?|teksti:?|yazan:?|a cura di|propos recueillis par|redazione di)(?:\s*:\s*|\s+)", RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"\s*[|•·\n/]\s*|\s+[-–—]\s+|;\s*")]
    private static partial Regex Divisions();

    [GeneratedRegex(@"\s*,?\s+(?:and|und|et|y|e|og|och|ja|en|и|ve|with|mit|con|avec|med)\s+(?=\p{Lu})|\s*&\s*|\s*、\s*")]
    private static partial Regex Conjunctions();

    [GeneratedRegex(@",\s*((?:Jr|Sr)\b\.?|I{2,3}\b|IV\b|Ph\.?D\.?|M\.?D\.?)", RegexOptions.None)]
    private static partial Regex Suffixes();

    [GeneratedRegex(@"\b(?:editors?|reporters?|correspondents?|writers?|staff|columnists?|contributors?|contributing|producers?|bureau|chief|photographers?|journalists?|analyst|published|updated|posted|read(?:ing)? time|min(?:ute)?s?|redakt\w*|korrespondent\w*|rédact\w*|rédaction|journaliste|correspondant\w*|redactora?|corresponsal|periodista|giornalista|inviat[oa]|correspondente|repórter|verslaggever|journalisten?|reportrar?|toimittaja|freelance|special to|for the|fotos?:|photos?:|photo by|associated)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Role();

    [GeneratedRegex(@"[.!?]\s+\p{Ll}|\b(?:click|follow|subscribe|share|view all|more by|all posts|read more|sign up|is an?|was an?|covers)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Spaces();
}
