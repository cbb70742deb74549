namespace Recommender.Articles;

/// <summary>Reads the dates that publishers write.</summary>
public static class LenientDate
{
    /// <summary>Reads ISO 8601, RFC 822 and their common misspellings; <paramref name="zone"/> is meant where the text names none. The result is in UTC.</summary>
    public static bool TryParse(string? text, TimeZoneInfo zone, out DateTimeOffset instant) => throw new NotImplementedException();
}
