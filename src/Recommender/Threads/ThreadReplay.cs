using Recommender.Similarity;

namespace Recommender.Threads;

/// <summary>Finds all threads of a site anew, article after article in order of publication.</summary>
public static class ThreadReplay
{
    private const int BlockSize = 256;

    /// <summary>The threads for each of several settings.</summary>
    /// <param name="index">All articles.</param>
    /// <param name="settings">The settings; the work of finding what is near is shared between them.</param>
    /// <param name="progress">Told the number of articles done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<ThreadMap> Run(
        SimilarityIndex index, IReadOnlyList<ThreadSettings> settings, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var (reach, window) = (settings.Min(choice => choice.Reach), settings.Max(choice => choice.Window));
        var runs = settings.Select(choice => (Clustering: new ThreadClustering(index, choice), Map: new ThreadMap())).ToList();
        var articles = index.Outlines.OrderBy(article => new ThreadMember(article.Published, article.Id), ThreadMember.Order).ToList();
        var earlier = new EarlierArticles(index);
        var done = 0;
        var next = FindNear(0);
        while (done < articles.Count)
        {
            // What is near the next is found while these are placed.
            var near = next.GetAwaiter().GetResult();
            next = FindNear(done + near.Count);
            Parallel.ForEach(runs, new ParallelOptions { CancellationToken = cancellation }, run =>
            {
                for (var number = 0; number < near.Count; number++)
                {
                    run.Clustering.Place(run.Map, articles[done + number], near[number]);
                }
            });
            done += near.Count;
            progress?.Report(done);
        }

        return [.. runs.Select(run => run.Map)];

        Task<List<IReadOnlyList<NearArticle>>> FindNear(int from) => Task.Run(
            () =>
            {
                var count = Math.Min(BlockSize, articles.Count - from);
                if (count > 0)
                {
                    earlier.Forget(articles[from].Published - window);
                }

                return earlier.Enter(articles.GetRange(from, count), reach, cancellation);
            },
            cancellation);
    }
}
