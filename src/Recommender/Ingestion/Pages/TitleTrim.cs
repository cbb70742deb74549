using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>
/// Cuts the names of site, section and author off a title: <c>Title | Section | The Gazette</c>, <c>Title - By Jane Doe - Gazette</c>, <c>Gazette: Title</c>. A part is cut only when it is such a name,
/// so a headline keeps its own dashes.
/// </summary>
internal sealed partial class TitleTrim
{
    private readonly HashSet<string> sites;
    private readonly HashSet<string> others;
    private readonly string headingKey;

    public TitleTrim(IReadOnlyList<string> siteNames, IReadOnlyList<string> authors, IReadOnlyList<string> topics, string heading)
    {
        sites = Keys(siteNames);
        others = Keys([.. authors, .. topics]);
        headingKey = Likeness.Key(heading);
    }

    /// <summary>Whether a text is the site's name and nothing else.</summary>
    public bool IsSiteName(string text) => sites.Contains(Likeness.Key(text));

    /// <summary>The title without such parts at its end and beginning.</summary>
    public string Apply(string title)
    {
        var hadSite = false;
        while (title.Length > 0 && (headingKey.Length == 0 || Likeness.Key(title) != headingKey))
        {
            var shorter = WithoutLast(title, ref hadSite) ?? WithoutFirst(title);
            if (shorter is null)
            {
                break;
            }

            title = shorter;
        }

        return title;
    }

    private string? WithoutLast(string title, ref bool hadSite)
    {
        foreach (var separator in Separators().Matches(title).Reverse().Take(8))
        {
            var (before, after) = (title[..separator.Index].TrimEnd(), title[(separator.Index + separator.Length)..].Trim());
            if (before.Length == 0 || Likeness.Key(before).Length == 0)
            {
                continue;
            }

            var isDash = separator.ValueSpan.Trim() is "-" or "–" or "—" or "/" or ":";
            var key = Likeness.Key(after);
            var isSite = sites.Contains(key);
            var isBefore = headingKey.Length > 0 && Likeness.Key(before) == headingKey && separator.ValueSpan.Trim() is not ":";
            if (isSite || isBefore || IsBylineOf(after) || (others.Contains(key) && (hadSite || !isDash)))
            {
                hadSite |= isSite;
                return before;
            }
        }

        return null;
    }

    private string? WithoutFirst(string title)
    {
        if (Separators().Match(title) is not { Success: true } separator)
        {
            return null;
        }

        var (before, after) = (Likeness.Key(title[..separator.Index]), title[(separator.Index + separator.Length)..].Trim());
        return after.Length > 0 && sites.Contains(before) && Likeness.Key(after).Length > 0 ? after : null;
    }

    private bool IsBylineOf(string text) => Prefix().Replace(text, "") is var name && name.Length < text.Length && Byline.Names(name).Any(one => others.Contains(Likeness.Key(one)));

    private static HashSet<string> Keys(IEnumerable<string> names) => names.Select(Likeness.Key).Where(key => key.Length > 1).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\s+[-–—|·•»«/]\s+|\s*\|\s*|\s+::\s+|\s*:\s+|\s+[›‹]\s+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?:by|von|par|por|di|door|av|af)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();
}
