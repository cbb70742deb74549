using Recommender.Ranking.Features;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Ranking.Learning;

/// <summary>Makes examples to learn from: the neighbours of pages that editors judged.</summary>
public sealed class JudgedLists(NeighbourTable neighbours)
{
    private const int Parallelism = 16;

    /// <summary>
    /// The candidates of each page as they were when it was published: those published later are left out, whether editors found them related or not. Pages without candidates, or with
    /// nothing found related, teach nothing and are left out too. In order of page.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="judgements">By page, what editors found related: grades by story.</param>
    /// <param name="published">When a story was published; null when it is not known.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<JudgedList>> ReadAsync(
        Site site,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> judgements,
        Func<string, DateTimeOffset?> published,
        CancellationToken cancellation = default)
    {
        var lists = new JudgedList?[judgements.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(judgements.OrderBy(page => page.Key, StringComparer.Ordinal).Index(), options, async (entry, token) =>
        {
            var (place, (page, grades)) = entry;
            if (await neighbours.GetAsync(site, page, token) is { } list)
            {
                lists[place] = Judge(list, grades, published);
            }
        });
        return [.. lists.OfType<JudgedList>()];
    }

    private static JudgedList? Judge(NeighbourList list, IReadOnlyDictionary<string, int> grades, Func<string, DateTimeOffset?> published)
    {
        var page = list.Page.Published;
        var known = list.Neighbours.Where(neighbour => neighbour.Published <= page && neighbour.Features.Length > 0).ToList();
        var standing = grades.Where(grade => grade.Value > 0 && !(published(grade.Key) > page)).ToDictionary(StringComparer.Ordinal);
        return known.Count == 0 || standing.Count == 0
            ? null
            : new JudgedList(
                list.Page.Id,
                [.. known.Select(neighbour => neighbour.Id)],
                FeatureTable.Of([.. known.Select(neighbour => (neighbour.Features, neighbour.Published - page))]),
                standing);
    }
}
