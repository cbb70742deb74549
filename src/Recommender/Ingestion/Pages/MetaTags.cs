using AngleSharp.Dom;

namespace Recommender.Ingestion.Pages;

/// <summary>The meta tags of a page by name: OpenGraph, Twitter, Parse.ly, Sailthru, Cxense, Dublin Core, Highwire and whatever else.</summary>
internal sealed class MetaTags
{
    private const int MaxTags = 1_000;

    private readonly List<(string Name, string Content)> tags = [];
    private readonly ILookup<string, string> byName;

    public MetaTags(IParentNode document)
    {
        foreach (var tag in document.QuerySelectorAll("meta[content]").Take(MaxTags))
        {
            var content = tag.GetAttribute("content")!.Trim();
            foreach (var attribute in (string[])["property", "name", "http-equiv"])
            {
                if (content.Length > 0 && tag.GetAttribute(attribute) is { Length: > 0 } name)
                {
                    tags.Add((name.Trim().ToLowerInvariant(), content));
                }
            }
        }

        byName = tags.ToLookup(tag => tag.Name, tag => tag.Content, StringComparer.Ordinal);
    }

    /// <summary>All tags in order, names in lower case.</summary>
    public IReadOnlyList<(string Name, string Content)> All => tags;

    /// <summary>The first value of the first of these names that has one.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (byName[name].FirstOrDefault() is { } content)
            {
                return content;
            }
        }

        return null;
    }

    /// <summary>The values of all these names.</summary>
    public IEnumerable<string> Every(params string[] names) => names.SelectMany(name => byName[name]);
}
