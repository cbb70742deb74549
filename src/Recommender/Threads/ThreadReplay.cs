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
        var floor = settings.Min(choice => choice.Floor);
        var runs = settings.Select(choice => (Clustering: new ThreadClustering(index, choice), Map: new ThreadMap())).ToList();
        var articles = index.Ids.Select(index.Find).OfType<IndexedArticle>().OrderBy(article => new ThreadMember(article.Published, article.Id), ThreadMember.Order).ToList();
        var done = 0;
        foreach (var block in articles.Chunk(BlockSize))
        {
            var near = block.AsParallel().AsOrdered().WithCancellation(cancellation).Select(article => index.Near(article.Id, floor)).ToList();
            Parallel.ForEach(runs, new ParallelOptions { CancellationToken = cancellation }, run =>
            {
                foreach (var (article, others) in block.Zip(near))
                {
                    run.Clustering.Place(run.Map, article, others);
                }
            });
            progress?.Report(done += block.Length);
        }

        return [.. runs.Select(run => run.Map)];
    }
}
