namespace Recommender.Ingestion.Sources;

/// <summary>Finds the files in a folder that can hold articles.</summary>
internal static class SourceFolder
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { ".jsonl", ".ndjson", ".json", ".xml", ".rss", ".rdf", ".atom", ".html", ".htm" };

    /// <summary>For people: the endings that are looked for.</summary>
    public static string Extensions => string.Join(' ', Known) + ", also with .gz";

    /// <summary>The files of a folder and of those in it, in order of their paths; hidden ones and links to folders are left out.</summary>
    /// <exception cref="SourceException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", options).Where(path => Known.Contains(Extension(path))).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"'{folder}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a file's name says that it holds JSON Lines.</summary>
    public static bool IsLines(string path) => Extension(path).ToLowerInvariant() is ".jsonl" or ".ndjson";

    private static string Extension(string path) =>
        Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path);
}
