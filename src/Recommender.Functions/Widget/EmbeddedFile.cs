using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Recommender.Functions.Widget;

/// <summary>A file that travels inside the assembly, with the strong ETag of its content.</summary>
public sealed class EmbeddedFile
{
    private readonly byte[] content;
    private readonly string type;
    private readonly EntityTagHeaderValue tag;

    private EmbeddedFile(byte[] content, string type)
    {
        (this.content, this.type) = (content, type);
        tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..12])}\"");
    }

    /// <summary>Reads a file by its path from the project; null when there is none.</summary>
    public static EmbeddedFile? Find(string path)
    {
        using var stream = Open(path);
        if (stream is null)
        {
            return null;
        }

        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new EmbeddedFile(content.ToArray(), TypeOf(path));
    }

    /// <summary>Opens a file by its path from the project; null when there is none.</summary>
    public static Stream? Open(string path) => typeof(EmbeddedFile).Assembly.GetManifestResourceStream(path);

    /// <summary>The answer to a request for it: the content, or 304 for whoever has it.</summary>
    public IResult ToResult() => Results.Bytes(content, type, entityTag: tag);

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
