using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Recommender.Articles;

/// <summary>One spelling for all the URLs of a page.</summary>
public static class CanonicalUrl
{
    /// <summary>Most characters that a canonical URL may have.</summary>
    public const int MaxLength = 2_000;

    /// <summary>
    /// Canonicalises an absolute http or https URL: host in lower case and Punycode without a dot at its end, no credentials, default port, fragment, tracking parameters (<see cref="TrackingParameters"/>)
    /// or trailing slash, dot segments resolved, percent-encoding in the form of RFC 3986 section 6.2.2. Scheme, path case and the order of parameters stay.
    /// Canonicalising twice changes nothing more.
    /// </summary>
    public static bool TryParse(string? url, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        if (string.IsNullOrWhiteSpace(url)
            || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            || Host(parsed) is not { Length: > 0 } host)
        {
            return false;
        }

        var text = new StringBuilder()
            .Append(parsed.Scheme).Append("://")
            .Append(host);
        if (!parsed.IsDefaultPort)
        {
            text.Append(CultureInfo.InvariantCulture, $":{parsed.Port}");
        }

        text.Append(Path(parsed.AbsolutePath)).Append(Query(parsed.Query));
        if (text.Length > MaxLength)
        {
            return false;
        }

        canonical = text.ToString();
        return true;
    }

    private static string? Host(Uri url)
    {
        try
        {
            // Without the dot of the root a name can turn into a number, which is another host.
            var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
            return url.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : Uri.CheckHostName(host) == url.HostNameType ? host : null;
        }
        catch (UriFormatException)
        {
            // The host's name is read only now, and not every name that a URL can hold can be one.
            return null;
        }
    }

    private static string Path(string path)
    {
        var normal = Encode(path).TrimEnd('/');
        return normal.Length == 0 ? "/" : normal;
    }

    private static string Query(string query)
    {
        var kept = query[Math.Min(1, query.Length)..].Split('&')
            .Where(parameter => parameter.Length > 0 && !TrackingParameters.Has(Uri.UnescapeDataString(parameter.Split('=', 2)[0])))
            .Select(Encode)
            .ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    /// <summary>Decodes what needs no encoding, encodes what does, and writes hexadecimal digits in upper case.</summary>
    private static string Encode(string part)
    {
        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '%' && i + 2 < part.Length && byte.TryParse(part.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                if (IsUnreserved((char)unit))
                {
                    text.Append((char)unit);
                }
                else
                {
                    text.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
                }

                i += 2;
            }
            else if (part[i] == '%')
            {
                text.Append("%25");
            }
            else if (char.IsAscii(part[i]) && part[i] > ' ' && part[i] is not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or (char)127))
            {
                text.Append(part[i]);
            }
            else
            {
                var length = i + 1 < part.Length && char.IsSurrogatePair(part[i], part[i + 1]) ? 2 : 1;
                foreach (var unescaped in Encoding.UTF8.GetBytes(part.Substring(i, length)))
                {
                    text.Append('%').Append(unescaped.ToString("X2", CultureInfo.InvariantCulture));
                }

                i += length - 1;
            }
        }

        return text.ToString();
    }

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}
