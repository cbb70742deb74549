using Recommender.Articles;
using Recommender.Similarity;
using Recommender.Tables;

namespace Recommender.Reindexing.Stages;

/// <summary>Writes the articles of blocks, and hears of them.</summary>
internal static class StoredArticles
{
    /// <summary>Writes articles and brings the index up to date with them. Within the site's gate.</summary>
    /// <param name="articles">Where they are written.</param>
    /// <param name="run">The run.</param>
    /// <param name="changed">The articles as they were read, with what is new of them.</param>
    /// <param name="take">Gives the first, which somebody wrote since, what is new of the second, unless its text is another by now.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task WriteAsync(
        this ArticleTable articles, RunContext run, IReadOnlyCollection<StoredArticle> changed, Func<StoredArticle, StoredArticle, StoredArticle> take, CancellationToken cancellation)
    {
        try
        {
            foreach (var article in await articles.WriteAsync(run.Site, changed, cancellation))
            {
                SiteIndexes.Put(run.Index, article.Id, article);
            }
        }
        catch (RowConflictException)
        {
            var chosen = changed.ToDictionary(article => article.Id, StringComparer.Ordinal);
            foreach (var now in await articles.ReadAsync(run.Site, chosen.Keys, cancellation))
            {
                if (now.Hash == chosen[now.Id].Hash)
                {
                    await articles.TryWriteAsync(run, take(now, chosen[now.Id]), cancellation);
                }
            }

            await articles.HearAsync(run, [.. chosen.Keys], cancellation);
        }
    }

    /// <summary>Brings the index up to date with articles that another process wrote.</summary>
    public static async Task HearAsync(this ArticleTable articles, RunContext run, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        foreach (var article in await articles.ReadAsync(run.Site, ids, cancellation))
        {
            SiteIndexes.Put(run.Index, article.Id, article);
        }
    }

    private static async Task TryWriteAsync(this ArticleTable articles, RunContext run, StoredArticle article, CancellationToken cancellation)
    {
        try
        {
            await articles.WriteAsync(run.Site, [article], cancellation);
        }
        catch (RowConflictException)
        {
            // Another process is at it in this moment, and chooses for itself.
        }
    }
}
