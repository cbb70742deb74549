using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;
using Recommender.Threads;

namespace Recommender.Articles;

/// <summary>
/// Makes everything that is derived from article rows agree with them: timeline, pages, similarity index, threads, neighbour lists. A row stays pending until that is done,
/// and doing it twice changes nothing, so whoever finds a pending row can complete it. Whoever finds at the end that its row was overtaken by a newer version
/// projects that one too, for its own writes may have come after those of the faster writer.
/// </summary>
public sealed class ArticleProjection(
    ArticleTable articles, Timeline timeline, NeighbourUpdate neighbours, ThreadUpdate threads, ChangeFollower changes)
{
    /// <summary>Projects pending rows.</summary>
    /// <param name="site">Their site.</param>
    /// <param name="index">The site's index.</param>
    /// <param name="pending">Rows as they are stored.</param>
    /// <param name="withLists">Whether threads and neighbour lists are brought up to date too; else that is to be done later.</param>
    /// <param name="cancellation">Stops it; what is left stays pending.</param>
    public async Task ApplyAsync(
        Site site, SimilarityIndex index, IReadOnlyList<StoredArticle> pending, bool withLists, CancellationToken cancellation = default)
    {
        var left = withLists ? ThreadUpdate.LetGo(index, pending) : [];
        foreach (var stored in pending)
        {
            SiteIndexes.Put(index, stored.Id, stored);
        }

        pending = withLists ? ThreadUpdate.Place(index, pending, left) : pending;
        var published = pending.Select(stored => stored.Article).OfType<Article>().ToList();
        var removed = pending.Where(stored => stored.Article is null).Select(stored => stored.Id).ToList();
        await timeline.WriteAsync(site, published, pending.SelectMany(stored => stored.Stale), cancellation);
        await articles.WritePagesAsync(site, published, cancellation);
        WrittenLists? lists = withLists ? await neighbours.ApplyAsync(site, index, published, removed, cancellation) : null;
        var others = withLists ? await threads.WriteAsync(site, index, pending.Select(stored => stored.Id).ToHashSet(StringComparer.Ordinal), cancellation) : new Change();

        // Others are told while the rows are still pending: a process that dies here is completed, and they are told again.
        await changes.AnnounceAsync(site, ChangeOf(pending, published, lists?.Ids ?? []).And(others), cancellation);
        if (lists is { } written && await neighbours.FollowAsync(site, index, written, published, removed, cancellation) is { Count: > 0 } again)
        {
            await changes.AnnounceAsync(site, new Change { Lists = again }, cancellation);
        }

        if (await SettleAsync(site, pending, cancellation) is { Count: > 0 } overtaken)
        {
            await ApplyAsync(site, index, overtaken, withLists, cancellation);
        }
    }

    private static Change ChangeOf(IReadOnlyList<StoredArticle> pending, List<Article> published, IReadOnlyList<string> lists) => new()
    {
        Articles = [.. pending.Select(stored => stored.Id)],
        Lists = lists,
        Topics = [.. published.SelectMany(Timeline.Places).Concat(pending.SelectMany(stored => stored.Stale)).Select(place => place.Topic).Distinct(StringComparer.Ordinal)],
        Pages = [.. published.Select(article => ArticleTable.PageOf(article.Url))],
    };

    /// <returns>The newer versions of those that were overtaken, with what is to be cleared of the older ones.</returns>
    private async Task<IReadOnlyList<StoredArticle>> SettleAsync(Site site, IReadOnlyList<StoredArticle> pending, CancellationToken cancellation)
    {
        try
        {
            await articles.WriteAsync(site, [.. pending.Select(Settled)], cancellation);
            return [];
        }
        catch (RowConflictException)
        {
            var overtaken = new List<StoredArticle>();
            foreach (var stored in pending)
            {
                overtaken.AddRange(await SettleAsync(site, stored, cancellation) is { } newer ? [newer] : []);
            }

            return overtaken;
        }
    }

    private async Task<StoredArticle?> SettleAsync(Site site, StoredArticle stored, CancellationToken cancellation)
    {
        while (await articles.GetAsync(site, stored.Id, cancellation) is { } current)
        {
            if (current.Hash != stored.Hash)
            {
                var places = current.Article is { } article ? Timeline.Places(article) : [];
                return current with { Stale = [.. current.Stale.Concat(ArticleWriter.StalePlaces(stored)).Except(places)] };
            }

            if (!current.Pending)
            {
                break;
            }

            try
            {
                var article = current.Article is null ? null : current.Article with { Thread = stored.Article?.Thread };
                await articles.WriteAsync(site, [Settled(current with { Article = article })], cancellation);
                break;
            }
            catch (RowConflictException)
            {
                // It was changed again in this moment: look again.
            }
        }

        return null;
    }

    private static StoredArticle Settled(StoredArticle stored) => stored with { Pending = false, Stale = [] };
}
