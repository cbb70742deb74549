using System.Buffers;
using System.Globalization;
using System.Text;

namespace Recommender.Ingestion.Fetching;

/// <summary>The rules of a robots.txt that hold for one product, by RFC 9309: the group that names it, or the one for all; the longest match wins, and allowing wins a tie.</summary>
public sealed class RobotsRules
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly List<Rule> rules = [];

    /// <summary>Everything is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new();

    /// <summary>Time between requests that the group asks for; null when it does not.</summary>
    public TimeSpan? CrawlDelay { get; private set; }

    /// <summary>Reads a robots.txt for a product. Never throws; lines that mean nothing are skipped.</summary>
    public static RobotsRules Parse(string text, string product)
    {
        var (own, any) = (new RobotsRules(), new RobotsRules());
        var (isOwnNamed, isInAgents) = (false, false);
        List<RobotsRules> group = [];
        foreach (var line in text.TrimStart('\ufeff').Split(['\n', '\r']))
        {
            var content = line.Split('#', 2)[0];
            if (content.Split(':', 2) is not [var key, var value])
            {
                continue;
            }

            (key, value) = (key.Trim().ToLowerInvariant(), value.Trim());
            if (key is "user-agent" or "useragent")
            {
                group = isInAgents ? group : [];
                isInAgents = true;
                if (Token(value).Equals(product, StringComparison.OrdinalIgnoreCase))
                {
                    isOwnNamed = true;
                    group.Add(own);
                }
                else if (value.StartsWith('*'))
                {
                    group.Add(any);
                }
            }
            else if (key is "allow" or "disallow" or "crawl-delay")
            {
                isInAgents = false;
                group.ForEach(rules => rules.Add(key, value));
            }
        }

        return isOwnNamed ? own : any;
    }

    /// <summary>Whether a path with its query may be fetched. robots.txt itself always may.</summary>
    public bool Allows(string pathAndQuery)
    {
        var path = Normal(pathAndQuery);
        if (path == "/robots.txt")
        {
            return true;
        }

        var (length, isAllowed) = (-1, true);
        foreach (var rule in rules.Where(rule => Matches(rule.Pattern, path)))
        {
            if (rule.Pattern.Length > length || (rule.Pattern.Length == length && rule.IsAllowed))
            {
                (length, isAllowed) = (rule.Pattern.Length, rule.IsAllowed);
            }
        }

        return isAllowed;
    }

    private void Add(string key, string value)
    {
        if (key == "crawl-delay")
        {
            if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400)
            {
                CrawlDelay = TimeSpan.FromSeconds(seconds);
            }
        }
        else if (value.Length > 0)
        {
            rules.Add(new Rule(Normal(value), key == "allow"));
        }
    }

    // Goes back to the last star only, so that no pattern takes longer than its length times the path's.
    private static bool Matches(string pattern, string path)
    {
        var isAnchored = pattern.EndsWith('$');
        var rule = isAnchored ? pattern.AsSpan(0, pattern.Length - 1) : pattern;
        var (i, at, star, from) = (0, 0, -1, 0);
        while (true)
        {
            if (i == rule.Length && (!isAnchored || at == path.Length))
            {
                return true;
            }

            if (i < rule.Length && rule[i] == '*')
            {
                (star, from) = (i++, at);
            }
            else if (i < rule.Length && at < path.Length && rule[i] == path[at])
            {
                (i, at) = (i + 1, at + 1);
            }
            else if (star >= 0 && from < path.Length)
            {
                (i, at) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }
    }

    private static string Token(string agent) => agent[..(agent.AsSpan().IndexOfAnyExcept(TokenCharacters) is >= 0 and var end ? end : agent.Length)];

    /// <summary>Octets outside ASCII as %XX, hexadecimal digits in upper case, unreserved characters decoded: so that two spellings of a path are one.</summary>
    private static string Normal(string path)
    {
        var normal = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                normal.Append(char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' ? ((char)octet).ToString() : $"%{octet:X2}");
                i += 2;
            }
            else if (char.IsAscii(path[i]))
            {
                normal.Append(path[i]);
            }
            else
            {
                var length = i + 1 < path.Length && char.IsSurrogatePair(path[i], path[i + 1]) ? 2 : 1;
                foreach (var unit in Encoding.UTF8.GetBytes(path.Substring(i, length)))
                {
                    normal.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
                }

                i += length - 1;
            }
        }

        return normal.ToString();
    }

    private readonly record struct Rule(string Pattern, bool IsAllowed);
}
