namespace Recommender.Functions.Widget;

/// <summary>Addresses as they may stand in a page.</summary>
public static class StoryAddress
{
    /// <summary>An http or https URL, or a path from the root; null for anything else, which no page should link to.</summary>
    public static string? Safe(string? address) =>
        address is null ? null
        : address.StartsWith('/') ? (address.StartsWith("//", StringComparison.Ordinal) || address.Contains('\\', StringComparison.Ordinal) ? null : address)
        : Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? address
        : null;

    /// <summary>The same page below another address, as a preview or a staging site has it: that address plus the path. Unchanged without one.</summary>
    public static string? Below(string? linkBase, string url) =>
        Safe(url) is not { } safe ? null
        : string.IsNullOrEmpty(linkBase) ? safe
        : Uri.TryCreate(safe, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? linkBase.TrimEnd('/') + parsed.PathAndQuery
        : linkBase.TrimEnd('/') + safe;
}
