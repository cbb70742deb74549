using Recommender.Articles;

namespace Recommender.Ingestion.Feeds;

/// <summary>Gathers what an item is filed under.</summary>
internal static class FeedTopics
{
    private const int MaxLength = 100;

    private static readonly HashSet<string> Meaningless = new(StringComparer.OrdinalIgnoreCase) { "uncategorized", "uncategorised", "unkategorisiert", "allgemein", "sin categoría", "non classé" };

    /// <summary>Names, each once, in order: single ones, and lists between commas.</summary>
    public static IReadOnlyList<string>? Of(IEnumerable<string?> names, IEnumerable<string?> lists)
    {
        var topics = names.Concat(lists.SelectMany(list => (list ?? "").Split([',', ';'])))
            .Select(name => PlainText.Line(name ?? ""))
            .Where(name => name.Length is > 0 and <= MaxLength && !Meaningless.Contains(name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(ArticleValidator.MaxTopics)
            .ToList();
        return topics.Count == 0 ? null : topics;
    }
}
