using System.Collections.Concurrent;
using Recommender.MoreStories;
using Recommender.Sites;
using Recommender.Threads;

namespace Recommender.Evaluation;

/// <summary>Asks for the lists of many pages as readers do, each at an instant of its own, and keeps them as a run.</summary>
public sealed class ListReplay(MoreStoriesService lists)
{
    private static readonly int Parallelism = 2 * Environment.ProcessorCount;

    /// <summary>The stories that were chosen for each page, best first; pins and the latest that fill up are left out, and articles of one running story stand each for itself.</summary>
    /// <param name="site">The site.</param>
    /// <param name="pages">Ids of pages, and the instant to answer each for.</param>
    /// <param name="depth">Stories wanted of each.</param>
    /// <param name="progress">Told the number of pages done.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<TrecRun> RunAsync(
        Site site, IReadOnlyCollection<(string Id, DateTimeOffset At)> pages, int depth, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var rankings = new ConcurrentDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        var done = 0;
        await Parallel.ForEachAsync(pages, options, async (page, token) =>
        {
            var request = new ListRequest { Id = page.Id, At = page.At, Count = depth, ChosenOnly = true, Threads = ThreadsInLists.Show };
            rankings[page.Id] = [.. (await lists.GetAsync(site, request, token)).Items.Select(item => item.Card.Id)];
            progress?.Report(Interlocked.Increment(ref done));
        });
        return new TrecRun(rankings);
    }
}
