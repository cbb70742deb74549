using System.Text.Json;
using Recommender.Articles;

namespace Recommender.Ingestion.Pages;

/// <summary>The page's article as its JSON-LD describes it, possibly in several blocks, with the page object beside it for what the article does not say.</summary>
internal sealed class JsonLdArticle
{
    // More articles than this, none of them the page's, are a list.
    private const int MostForeign = 2;

    private readonly IReadOnlyList<JsonLdNode> nodes;

    private JsonLdArticle(IReadOnlyList<JsonLdNode> nodes)
    {
        this.nodes = nodes;
        IsLive = nodes[0].Types.Contains("LiveBlogPosting");
    }

    /// <summary>Whether it is a live blog.</summary>
    public bool IsLive { get; }

    /// <summary>Finds it by URL, then by headline; one that stands alone is taken for it.</summary>
    public static JsonLdArticle? Of(Page page)
    {
        var articles = page.JsonLd.Nodes.Where(node => node.Types.Any(Schema.IsArticle)).Take(200).ToList();
        if (articles.Count == 0)
        {
            return null;
        }

        var titles = page.Document.QuerySelectorAll("h1, title").Select(element => element.TextContent)
            .Append(page.Meta.First("og:title", "twitter:title") ?? "").Select(Likeness.Key).Where(key => key.Length > 0).ToHashSet(StringComparer.Ordinal);
        var ranked = articles.Select(node => (Node: node, Score: Score(page, node, titles))).OrderByDescending(one => one.Score).ToList();
        if (ranked[0].Score < 2 && ranked.Count > MostForeign)
        {
            return null;
        }

        var best = ranked.TakeWhile(one => one.Score >= Math.Min(2, ranked[0].Score)).Select(one => one.Node).ToList();
        return new JsonLdArticle(ranked[0].Score < 2 ? best[..1] : best);
    }

    /// <summary>The first text of the first of these properties that has one.</summary>
    public string? Text(params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            foreach (var node in nodes)
            {
                if (node.Text(property) is { } text)
                {
                    return text;
                }
            }
        }

        return null;
    }

    /// <summary>The texts of a property.</summary>
    public IEnumerable<string> Texts(string property) => nodes.Select(node => node.Texts(property).ToList()).FirstOrDefault(texts => texts.Count > 0) ?? [];

    /// <summary>The values of a property, each with the node to read it by.</summary>
    public IEnumerable<(JsonLdNode Node, JsonElement Value)> Values(string property) => nodes.SelectMany(node => node.Values(property).Select(value => (node, value)));

    private static int Score(Page page, JsonLdNode node, HashSet<string> titles)
    {
        var urls = new[] { node.Text("url"), node.Text("@id"), node.Text("mainEntityOfPage") }.Concat(node.Nodes("mainEntityOfPage").Select(of => of.Text("@id"))).OfType<string>();
        var isHere = urls.Any(url => page.Absolute(url) is { } absolute && CanonicalUrl.TryParse(absolute.AbsoluteUri, out var canonical) && canonical == page.Address);
        var isTitled = Likeness.Key(node.Text("headline") ?? node.Text("name") ?? "") is { Length: > 0 } key && titles.Any(title => title.StartsWith(key, StringComparison.Ordinal) || key.StartsWith(title, StringComparison.Ordinal));
        return (isHere ? 4 : 0) + (isTitled ? 3 : 0) + (node.Text("datePublished") is null ? 0 : 1);
    }
}
