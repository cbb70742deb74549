using Recommender.Changes;
using Recommender.Similarity;
using Recommender.Sites;
using Recommender.Tables;

namespace Recommender.Articles;

/// <summary>
/// Makes everything that is derived from article rows agree with them: timeline, pages, similarity index, neighbour lists. A row stays pending until that is done,
/// and doing it twice changes nothing, so whoever finds a pending row can complete it.
/// </summary>
public sealed class ArticleProjection(
    ArticleTable articles, Timeline timeline, NeighbourUpdate neighbours, ChangeFollower changes)
{
    /// <summary>Projects pending rows.</summary>
    /// <param name="site">Their site.</param>
    /// <param name="index">The site's index.</param>
    /// <param name="pending">Rows as they are stored.</param>
    /// <param name="withLists">Whether neighbour lists are brought up to date too; else that is to be done later.</param>
    /// <param name="cancellation">Stops it; what is left stays pending.</param>
    public async Task ApplyAsync(
        Site site, SimilarityIndex index, IReadOnlyList<StoredArticle> pending, bool withLists, CancellationToken cancellation = default)
    {
        var published = pending.Select(stored => stored.Article).OfType<Article>().ToList();
        var removed = pending.Where(stored => stored.Article is null).Select(stored => stored.Id).ToList();
        await timeline.WriteAsync(site, published, pending.SelectMany(stored => stored.Stale), cancellation);
        await articles.WritePagesAsync(site, published, cancellation);
        foreach (var stored in pending)
        {
            SiteIndexes.Put(index, stored.Id, stored);
        }

        IReadOnlyList<string> lists = withLists ? await neighbours.ApplyAsync(site, index, published, removed, cancellation) : [];
        await SettleAsync(site, pending, cancellation);
        await changes.AnnounceAsync(site, ChangeOf(pending, published, lists), cancellation);
    }

    private static Change ChangeOf(IReadOnlyList<StoredArticle> pending, List<Article> published, IReadOnlyList<string> lists) => new()
    {
        Articles = [.. pending.Select(stored => stored.Id)],
        Lists = lists,
        Topics = [.. published.SelectMany(Timeline.Places).Concat(pending.SelectMany(stored => stored.Stale)).Select(place => place.Topic).Distinct(StringComparer.Ordinal)],
        Pages = [.. published.Select(article => ArticleTable.PageOf(article.Url))],
    };

    private async Task SettleAsync(Site site, IReadOnlyList<StoredArticle> pending, CancellationToken cancellation)
    {
        try
        {
            await articles.WriteAsync(site, [.. pending.Select(Settled)], cancellation);
        }
        catch (RowConflictException)
        {
            // Another process completed some of them, or has begun a newer version: that one is its business.
            foreach (var stored in pending)
            {
                await SettleAsync(site, stored, cancellation);
            }
        }
    }

    private async Task SettleAsync(Site site, StoredArticle stored, CancellationToken cancellation)
    {
        try
        {
            if (await articles.GetAsync(site, stored.Id, cancellation) is { Pending: true } current && current.Hash == stored.Hash)
            {
                await articles.WriteAsync(site, [Settled(current)], cancellation);
            }
        }
        catch (RowConflictException)
        {
            // The same as above, a moment later.
        }
    }

    private static StoredArticle Settled(StoredArticle stored) => stored with { Pending = false, Stale = [] };
}
