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
            .ToDictionary(name => Images + name[Drawings.Length..], name => EmbeddedFile.Load(name), StringComparer.Ordinal);
        files[Stylesheet] = EmbeddedFile.Load("Demo/" + Stylesheet);
        return files;
    }
}
