namespace Recommender.Evaluation;

/// <summary>Groups of articles that belong together, by article id: the truth that found threads are measured against.</summary>
public static class JudgedStories
{
    /// <summary>The stories in judgements: whatever relevance above 0 connects, directly or through others. A story is named by its least id in ordinal order.</summary>
    public static IReadOnlyDictionary<string, string> Of(Qrels qrels)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var query in qrels.Queries)
        {
            foreach (var (document, _) in qrels.Of(query).Where(judged => judged.Value > 0))
            {
                var (one, other) = (Root(query), Root(document));
                parents[string.CompareOrdinal(one, other) < 0 ? other : one] = string.CompareOrdinal(one, other) < 0 ? one : other;
            }
        }

        return parents.Keys.ToList().ToDictionary(id => id, Root, StringComparer.Ordinal);

        string Root(string id)
        {
            while (parents.TryGetValue(id, out var parent) && parent != id)
            {
                id = parents[id] = parents.GetValueOrDefault(parent, parent);
            }

            parents.TryAdd(id, id);
            return id;
        }
    }
}
