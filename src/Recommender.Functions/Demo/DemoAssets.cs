using Microsoft.Net.Http.Headers;
using Recommender.Functions.Widget;

namespace Recommender.Functions.Demo;

/// <summary>The files beside the sample newspaper's pages: its stylesheet and its drawings.</summary>
internal static class DemoAssets
{
    private const string Stylesheet = "courier.css";
    private const string Images = "images/";

    /// <summary>All of them, by their path below <c>/demo/</c>. No other file can be asked for.</summary>
    public static IReadOnlyDictionary<string, EmbeddedFile> Load()
    {
        const string Drawings = "Newsroom/images/";
        var files = typeof(DemoAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Drawings, StringComparison.Ordinal))
            .ToDictionary(name => Images + name[Drawings.Length..], name => EmbeddedFile.Find(name)!, StringComparer.Ordinal);
        files[Stylesheet] = EmbeddedFile.Find("Demo/" + Stylesheet)!;
        return files;
    }

    /// <summary>Answers with a file, which the browser may keep but has to ask about.</summary>
    public static Task<IResult> Serve(EmbeddedFile file, HttpContext context)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return Task.FromResult(file.ToResult());
    }
}
