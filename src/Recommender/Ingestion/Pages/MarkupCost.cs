namespace Recommender.Ingestion.Pages;

/// <summary>
/// Estimates, tag by tag, how deep a parser's tree will be and how much work it is. A parser that follows the HTML standard walks up the open elements for most tags and opens
/// unclosed <c>b</c>, <c>font</c> and their like again in every paragraph, so depth times tags is what it costs: 200,000 nested elements take minutes.
/// </summary>
internal sealed class MarkupCost
{
    /// <summary>Deepest tree that is taken as it is. Pages of newspapers stay below 60.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most tags that are taken as they are.</summary>
    public const int MaxTags = 60_000;

    private const long MaxWork = 2_000_000;

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "basefont", "bgsound", "frame", "keygen",
    };

    // A second one closes the first.
    private static readonly HashSet<string> SelfLimiting = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "html", "head", "body", "a", "rp", "rt",
    };

    private static readonly HashSet<string> Formatting = new(StringComparer.OrdinalIgnoreCase)
    {
        "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> open = [];
    private readonly Dictionary<string, int> lingering = new(StringComparer.OrdinalIgnoreCase);
    private int lingeringCount;
    private int tags;
    private long work;

    /// <summary>Whether what was seen so far is too much for a parser.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>Counts a start tag.</summary>
    public void Open(ReadOnlySpan<char> tag)
    {
        if (IsTooMuch)
        {
            return;
        }

        var name = Name(tag);
        work += open.Count + lingeringCount + 1;
        if (!Void.Contains(name) && !SelfLimiting.Contains(name))
        {
            open.Add(name);
        }

        IsTooMuch = ++tags > MaxTags || work > MaxWork || open.Count + lingeringCount > MaxDepth;
    }

    /// <summary>Counts an end tag.</summary>
    public void Close(ReadOnlySpan<char> tag)
    {
        if (IsTooMuch)
        {
            return;
        }

        var name = Name(tag);
        var at = open.FindLastIndex(element => element.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            if (lingering.TryGetValue(name, out var count) && count > 0)
            {
                lingering[name] = count - 1;
                lingeringCount--;
            }

            return;
        }

        foreach (var closed in open.Skip(at + 1).Where(Formatting.Contains))
        {
            lingering[closed] = lingering.GetValueOrDefault(closed) + 1;
            lingeringCount++;
        }

        open.RemoveRange(at, open.Count - at);
    }

    // Most pages have a few dozen element names; a page of made-up ones must not fill the memory.
    private string Name(ReadOnlySpan<char> tag)
    {
        if (names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(tag, out var known))
        {
            return known;
        }

        var name = tag.ToString();
        if (names.Count < 1_000)
        {
            names.Add(name);
        }

        return name;
    }
}
