using System.Text;
using Microsoft.Extensions.Options;
using Recommender.Functions.Widget;

namespace Recommender.Functions.Desk;

/// <summary>
/// The desk's stylesheets and modules, under a path that changes with their content, so that browsers may keep them for ever. All have one version, so a module finds another at <c>./name.js</c>.
/// </summary>
internal sealed class DeskAssets
{
    private const string Folder = "Desk/";
    private const string Kept = "public, max-age=31536000, immutable";
    private readonly Dictionary<string, EmbeddedFile> files;

    public DeskAssets(IOptions<DeskOptions> options)
    {
        files = typeof(DeskAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[(name.LastIndexOf('/') + 1)..], EmbeddedFile.Load, StringComparer.Ordinal);
        foreach (var (site, look) in options.Value.Sites.Where(site => site.Value.Colour is not null))
        {
            files[ColoursOf(site)] = new EmbeddedFile(Encoding.UTF8.GetBytes(SiteColours.Stylesheet(look.Colour!)), "text/css; charset=utf-8");
        }

        Version = EmbeddedFile.VersionOf(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value));
    }

    /// <summary>Hash of all of them.</summary>
    public string Version { get; }

    /// <summary>The address of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string this[string name] => files.ContainsKey(name) ? $"{DeskServices.Root}/_assets/{Version}/{name}" : throw new KeyNotFoundException($"The desk has no file '{name}'.");

    /// <summary>The address of a site's colours; null when it has the desk's own.</summary>
    public string? Colours(string site) => files.ContainsKey(ColoursOf(site)) ? this[ColoursOf(site)] : null;

    /// <summary>A file. While a new version is rolled out, a page of the old one may ask the new for its files; it gets them, but must not keep them under that address.</summary>
    public IResult Serve(string version, string name) => files.TryGetValue(name, out var file) ? file.ToResult(version == Version ? Kept : Api.CachedContent.Revalidate) : TypedResults.NotFound();

    private static string ColoursOf(string site) => $"colours-{site}.css";
}

/// <summary>Where <see cref="DeskAssets"/> are asked for.</summary>
internal static class DeskAssetsEndpoint
{
    /// <summary>Maps it. Anybody may have them: the page on which one signs in needs them.</summary>
    public static void MapAssets(this IEndpointRouteBuilder desk) =>
        desk.MapGet("/_assets/{version}/{name}", (string version, string name, DeskAssets assets) => assets.Serve(version, name)).AllowAnonymous();
}
