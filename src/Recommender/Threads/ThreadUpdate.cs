using System.Collections.Concurrent;
using Recommender.Articles;
using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;

namespace Recommender.Threads;

/// <summary>
/// Keeps threads true when articles come, change and go, and writes them where readers find them: on the article's row and on its cards. Called within the site's gate. Each row is
/// changed under its version and only in what it says of threads, so another process that publishes at the same time loses nothing.
/// </summary>
public sealed class ThreadUpdate(ArticleTable articles, Timeline timeline, NeighbourTable neighbours)
{
    private const int BlockSize = 256;
    private const int BlocksAtATime = 4;

    /// <summary>Lets articles that were taken down leave their threads, before the index forgets them. Nothing is written.</summary>
    /// <returns>Ids of the threads that they left.</returns>
    public static IReadOnlyList<string> LetGo(SimilarityIndex index, IEnumerable<StoredArticle> pending)
    {
        var left = new List<string>();
        foreach (var gone in pending.Where(stored => stored.Article is null))
        {
            left.AddRange(index.Threads.ThreadOf(gone.Id) is { } thread ? [thread.Id] : []);
            index.Threads.TakeOut(gone.Id);
        }

        return left;
    }

    /// <summary>Finds the threads of articles that are about to be projected. Nothing is written.</summary>
    /// <param name="index">The site's index, which has them.</param>
    /// <param name="pending">The articles.</param>
    /// <param name="left">What <see cref="LetGo"/> gave.</param>
    /// <returns>The articles with their threads.</returns>
    public static IReadOnlyList<StoredArticle> Place(SimilarityIndex index, IReadOnlyList<StoredArticle> pending, IReadOnlyList<string> left)
    {
        new ThreadClustering(index, ThreadSettings.Default).Place(index.Threads, [.. pending.Where(stored => stored.Article is not null).Select(stored => stored.Id)], left);
        return [.. pending.Select(stored => stored.Article is { } article
            ? stored with { Article = article with { Thread = index.Threads.ThreadOf(stored.Id) } }
            : stored)];
    }

    /// <summary>Finds the threads of articles whose rows are settled, and writes what that changes.</summary>
    /// <returns>What others are to read again.</returns>
    public Task<Change> PlaceAsync(Site site, SimilarityIndex index, IReadOnlyCollection<string> ids, CancellationToken cancellation = default)
    {
        new ThreadClustering(index, ThreadSettings.Default).Place(index.Threads, ids);
        return WriteAsync(site, index, new HashSet<string>(), cancellation);
    }

    /// <summary>Takes over threads that were found anew. Articles that came or went since then are put in or taken out. Nothing is written.</summary>
    public static void Adopt(SimilarityIndex index, ThreadMap found)
    {
        foreach (var gone in found.Ids.Where(id => index.Outline(id) is null))
        {
            found.TakeOut(gone);
        }

        new ThreadClustering(index, ThreadSettings.Default).Place(found, index.IdsWhere(id => !found.TryGetThread(id, out _)));
        index.Threads.ReplaceBy(found);
    }

    /// <summary>Writes the threads of articles for which they changed, those at <paramref name="except"/> aside.</summary>
    /// <returns>What others are to read again.</returns>
    public async Task<Change> WriteAsync(Site site, SimilarityIndex index, IReadOnlySet<string> except, CancellationToken cancellation = default)
    {
        var (written, topics) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());

        // In the order of the partitions in which rows are: those of one are written together. What is written waits for the store, so others are looked for meanwhile.
        var changed = index.Threads.Changed.OrderBy(id => Tables.Keys.Bucket(id), StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = BlocksAtATime, CancellationToken = cancellation };
        await Parallel.ForEachAsync(changed.Chunk(BlockSize), options, async (block, token) =>
        {
            // Rows last: by them whoever goes on after this process died sees what is yet to be written.
            var told = (await articles.ReadAsync(site, block.Where(id => !except.Contains(id)), token))
                .Select(stored => stored.Article!)
                .Where(article => article.Thread != index.Threads.ThreadOf(article.Id))
                .Select(article => article with { Thread = index.Threads.ThreadOf(article.Id) })
                .ToList();
            await timeline.SetThreadsAsync(site, told, token);
            await (await neighbours.CurrentAsync(site, token)).SetThreadsAsync(told.Select(article => article.Id), index.Threads.ThreadOf, token);
            await articles.SetThreadsAsync(site, told.Select(article => article.Id), index.Threads.ThreadOf, token);
            foreach (var article in told)
            {
                written.Add(article.Id);
            }

            foreach (var topic in told.SelectMany(Timeline.Places).Select(place => place.Topic).Distinct(StringComparer.Ordinal))
            {
                topics.Add(topic);
            }

            index.Threads.Settle(block);
        });

        IReadOnlyList<string> ids = [.. written.Order(StringComparer.Ordinal)];
        return new Change { Articles = ids, Lists = ids, Topics = [.. topics.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
    }
}
