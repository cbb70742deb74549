using System.Globalization;
using System.IO.Hashing;
using Recommender.Functions.Api;

namespace Recommender.Functions.Widget;

/// <summary>A file that travels inside the assembly.</summary>
internal sealed class EmbeddedFile(byte[] content, string type)
{
    private readonly byte[] content = content;

    /// <summary>Reads a file by its path from the project.</summary>
    /// <exception cref="FileNotFoundException">The assembly has no such file.</exception>
    public static EmbeddedFile Load(string path)
    {
        using var stream = Open(path);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new EmbeddedFile(content.ToArray(), TypeOf(path));
    }

    /// <summary>Opens a file by its path from the project.</summary>
    /// <exception cref="FileNotFoundException">The assembly has no such file.</exception>
    public static Stream Open(string path) =>
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream(path) ?? throw new FileNotFoundException($"The assembly lacks {path}.");

    /// <summary>The answer to a request for it: the content, or 304 for whoever has it.</summary>
    public IResult ToResult(string cacheControl) => new CachedContent(content, type, cacheControl);

    /// <summary>A short hash of the content of files, in their order.</summary>
    public static string VersionOf(IEnumerable<EmbeddedFile> files)
    {
        var hash = new XxHash3();
        foreach (var file in files)
        {
            hash.Append(file.content);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
