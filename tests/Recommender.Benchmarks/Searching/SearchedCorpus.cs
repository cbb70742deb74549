using Recommender.Ranking.Features;
using Recommender.Ranking.Learning;
using Recommender.Similarity;

namespace Recommender.Benchmarks.Searching;

/// <summary>An index whose pages are compared with every article of their language, too.</summary>
internal sealed class SearchedCorpus(SimilarityIndex index)
{
    private readonly IReadOnlyList<ArticleOutline> articles = index.Outlines;

    /// <summary>What is near a page, found either way; null when the page is not there.</summary>
    /// <param name="page">The page.</param>
    /// <param name="grades">What editors found related to it.</param>
    public SearchedPage? Search(string page, IReadOnlyDictionary<string, int> grades)
    {
        if (index.Outline(page) is not { } outline)
        {
            return null;
        }

        var all = articles.Where(story => story.Id != page && story.Language == outline.Language)
            .Select(story => (Story: story, Pair: index.Compare(page, story.Id)!.Value))
            .Select(entry => new Found(entry.Story, PairFeatures.Pack(entry.Pair), Math.Round(entry.Pair.Terms, 6), outline.Published - entry.Story.Published))
            .ToList();
        var exhaustive = all.Where(story => story.Similarity > 0).OrderByDescending(story => story.Strength).ThenBy(story => story.Outline.Id, StringComparer.Ordinal).Take(NeighbourList.Capacity).ToList();
        var nearest = index.Nearest(page, NeighbourList.Capacity).Select(near => near.Id).ToList();
        var known = all.ToDictionary(story => story.Outline.Id, StringComparer.Ordinal);
        return new SearchedPage(
            [.. exhaustive.Select(story => story.Outline.Id)], nearest, Judge(nearest.Select(id => known[id])), Judge(exhaustive), Judge(all));

        JudgedList Judge(IEnumerable<Found> stories)
        {
            var older = stories.Where(story => story.Apart >= TimeSpan.Zero).ToList();
            return new JudgedList(page, [.. older.Select(story => story.Outline.Id)], FeatureTable.Of([.. older.Select(story => (story.Features, -story.Apart))]), grades);
        }
    }

    private sealed record Found(ArticleOutline Outline, byte[] Features, double Similarity, TimeSpan Apart)
    {
        public double Strength { get; } = Math.Round(Neighbour.StrengthOf(Similarity, Apart), 6);
    }
}

/// <summary>What is near a page.</summary>
/// <param name="Nearest">Ids of the nearest by exhaustive scoring, the nearest first.</param>
/// <param name="ByIndex">Ids of those that the index finds.</param>
/// <param name="Found">The index's neighbours, as a ranker sees them.</param>
/// <param name="Exhaustive">Those of exhaustive scoring.</param>
/// <param name="EveryStory">All stories.</param>
internal sealed record SearchedPage(IReadOnlyList<string> Nearest, IReadOnlyList<string> ByIndex, JudgedList Found, JudgedList Exhaustive, JudgedList EveryStory)
{
    /// <summary>Of so many nearest, the share that the index finds; 1 when nothing is near.</summary>
    public double RecallAt(int depth)
    {
        var sought = Nearest.Take(depth).ToHashSet(StringComparer.Ordinal);
        return sought.Count == 0 ? 1 : ByIndex.Count(sought.Contains) / (double)sought.Count;
    }
}
